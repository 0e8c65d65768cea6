/** The form: what to measure, with what, for how long. */

import type { Precision } from '../../sut/engine.js';
import { FILE, type Manifest } from '../shared/manifest.js';
import {
  type BrowserAbilities,
  ENGINES_IN_PAGES,
  type EngineInPages,
  LACKING,
  runtimeFileName,
} from '../shared/pageEngines.js';
import { LENGTHS, type Length, PAGE_SCENARIOS, type PageScenario } from '../shared/plannedTest.js';
import { element } from './dom.js';

export interface ChosenEngine {
  readonly name: string;
  readonly precision: Precision;
}

export interface Choices {
  readonly deviceName: string;
  readonly engines: readonly ChosenEngine[];
  readonly scenario: PageScenario;
  readonly length: Length;
}

const SCENARIO_TEXTS: Readonly<Record<PageScenario, string>> = {
  SingleStream: 'How long one pair takes',
  Offline: 'How many pairs it does a second',
  Server: 'Whether pairs that come at random are answered within a second',
};
const LENGTH_TEXTS: Readonly<Record<Length, string>> = {
  short: 'Short: speed alone, about a minute',
  minute: 'Longer: accuracy and speed, some minutes',
  full: "By the benchmark's rules: ten minutes and more",
};

/** @param onStart is called with what was chosen */
export function choiceForm(
  manifest: Manifest,
  abilities: BrowserAbilities,
  deviceName: string,
  onStart: (choices: Choices) => void,
): HTMLFormElement {
  const engines = engineBoxes(manifest, abilities);
  const name = element('input', { id: 'device-name', maxlength: 60, value: deviceName, autocomplete: 'off' });
  const start = element('button', { class: 'start', type: 'submit' }, 'Start');
  const form = element(
    'form',
    { id: 'choices' },
    element('fieldset', {}, element('legend', {}, 'What computes'), ...engines.elements),
    radioGroup('scenario', 'What is measured', PAGE_SCENARIOS, SCENARIO_TEXTS),
    radioGroup('length', 'How long', LENGTHS, LENGTH_TEXTS),
    element(
      'details',
      {},
      element('summary', {}, 'More'),
      element('label', { for: 'device-name' }, 'Name of this device, for the results'),
      name,
    ),
    element('div', { class: 'bar' }, start),
  );
  engines.onChange(() => {
    start.disabled = engines.chosen().length === 0;
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    onStart({
      deviceName: name.value.trim() || deviceName,
      engines: engines.chosen().map(({ name: engine, precisions: [precision] }) => ({ name: engine, precision })),
      scenario: PAGE_SCENARIOS.find((known) => known === data.get('scenario')) ?? 'SingleStream',
      length: LENGTHS.find((known) => known === data.get('length')) ?? 'short',
    });
  });
  return form;
}

function engineBoxes(manifest: Manifest, abilities: BrowserAbilities) {
  const boxes = ENGINES_IN_PAGES.filter(({ name }) => name in manifest.runtimes).map((engine) => {
    const lacking = engine.needs.find((ability) => !abilities[ability]);
    const box = element('input', { type: 'checkbox', disabled: lacking !== undefined });
    const remark = lacking === undefined ? `${megabytes(bytesOf(engine, manifest))} to load` : LACKING[lacking];
    const text = element('span', {}, engine.description, element('small', {}, remark));
    return { engine, box, label: element('label', { class: 'choice' }, box, text) };
  });
  const usable = boxes.filter(({ box }) => !box.disabled);
  const [first] = usable;
  if (first !== undefined) first.box.checked = true;
  const all = element('input', { type: 'checkbox' });
  const show = () => {
    const count = usable.filter(({ box }) => box.checked).length;
    all.checked = count === usable.length;
    all.indeterminate = count > 0 && count < usable.length;
  };
  all.addEventListener('change', () => {
    for (const { box } of usable) box.checked = all.checked;
  });
  for (const { box } of usable) box.addEventListener('change', show);
  show();
  return {
    elements: [
      ...(usable.length > 1 ? [element('label', { class: 'choice' }, all, element('span', {}, 'All of them'))] : []),
      ...boxes.map(({ label }) => label),
    ],
    chosen: () => usable.filter(({ box }) => box.checked).map(({ engine }) => engine),
    onChange: (listener: () => void) => {
      for (const box of [all, ...usable.map((one) => one.box)]) box.addEventListener('change', listener);
    },
  };
}

/** What a device without any of it loads. */
function bytesOf({ name, runtime }: EngineInPages, { files }: Manifest): number {
  const names = [FILE.weights, FILE.reference, FILE.pairs, ...runtime.files.map((file) => runtimeFileName(name, file))];
  return names.reduce((sum, file) => sum + (files[file]?.bytes ?? 0), 0);
}

/** The first is chosen. */
function radioGroup<Value extends string>(
  name: string,
  legend: string,
  values: readonly Value[],
  texts: Readonly<Record<Value, string>>,
): HTMLFieldSetElement {
  const radios = values.map((value, index) =>
    element(
      'label',
      { class: 'choice' },
      element('input', { type: 'radio', name, value, checked: index === 0 }),
      element('span', {}, texts[value]),
    ),
  );
  return element('fieldset', {}, element('legend', {}, legend), ...radios);
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
