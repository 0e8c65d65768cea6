import { element } from './dom.js';

export interface RadioGroup<Value extends string> {
  readonly root: HTMLFieldSetElement;
  value(): Value;
}

/** The first is chosen. */
export function radioGroup<Value extends string>(
  name: string,
  legend: string,
  values: readonly [Value, ...Value[]],
  texts: Readonly<Record<Value, string>>,
): RadioGroup<Value> {
  const radios = values.map((value, index) => ({
    value,
    input: element('input', { type: 'radio', name, value, checked: index === 0 }),
  }));
  const labels = radios.map(({ value, input }) =>
    element('label', { class: 'choice' }, input, element('span', {}, texts[value])),
  );
  return {
    root: element('fieldset', {}, element('legend', {}, legend), ...labels),
    value: () => radios.find(({ input }) => input.checked)?.value ?? values[0],
  };
}
