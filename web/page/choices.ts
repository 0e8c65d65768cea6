/** The form: what to measure, with what, for how long. */

import type { Manifest } from '../shared/manifest.js';
import type { BrowserAbilities } from '../shared/pageEngines.js';
import { LENGTHS, type Length, PAGE_SCENARIOS, type PageScenario } from '../shared/plannedTest.js';
import type { Device } from '../shared/upload.js';
import { element } from './dom.js';
import { type ChosenEngine, engineChoice } from './engineChoice.js';
import { radioGroup } from './radioGroup.js';

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
  device: Device,
  onStart: (choices: Choices) => void,
): HTMLFormElement {
  const engines = engineChoice(manifest, abilities, device);
  const scenario = radioGroup('scenario', 'What is measured', PAGE_SCENARIOS, SCENARIO_TEXTS);
  const length = radioGroup('length', 'How long', LENGTHS, LENGTH_TEXTS);
  const name = element('input', { id: 'device-name', maxlength: 60, value: device.name, autocomplete: 'off' });
  const start = element('button', { class: 'start', type: 'submit' }, 'Start');
  const form = element(
    'form',
    { id: 'choices' },
    ...[engines.engines, engines.precision, scenario.root, length.root],
    element(
      'details',
      {},
      element('summary', {}, 'More'),
      ...(engines.threads === undefined ? [] : [engines.threads]),
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
    onStart({
      deviceName: name.value.trim() || device.name,
      engines: engines.chosen(),
      scenario: scenario.value(),
      length: length.value(),
    });
  });
  return form;
}
