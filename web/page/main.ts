/** The page that a device opens: says what it can do, measures what is chosen, and shows what came out. */
import type { DeviceResult } from '../shared/deviceResult.js';
import { MANIFEST_PATH, MAX_REASON_LENGTH, type Manifest, RESULTS_PATH } from '../shared/manifest.js';
import type { PageEvent } from '../shared/notice.js';
import { findPageEngine } from '../shared/pageEngines.js';
import { planTests } from '../shared/plannedTest.js';
import type { Device } from '../shared/upload.js';
import { findAbilities, findWebGpuAdapter } from './abilities.js';
import { type Choices, choiceForm } from './choices.js';
import { describeDevice } from './describeDevice.js';
import { element } from './dom.js';
import { isolate } from './isolate.js';
import { measureAll } from './measureAll.js';
import { EngineFailure } from './measureEngine.js';
import { OwnRuns } from './ownRuns.js';
import { progressView } from './progressView.js';
import { resultsView } from './resultsView.js';
import { sendNotice } from './send.js';

const main = document.querySelector('main') ?? document.body;

try {
  await show();
} catch (thrown) {
  main.replaceChildren(problem('The page could not be loaded', messageOf(thrown)));
}

async function show(): Promise<void> {
  const manifest = await getJson<Manifest>(MANIFEST_PATH);
  if (!manifest.takesRuns && (await isolate())) return;
  const adapter = await findWebGpuAdapter();
  const device = await describeDevice(adapter);
  const abilities = findAbilities(adapter);
  const results = manifest.takesRuns ? await getJson<DeviceResult[]>(RESULTS_PATH) : [];
  const say = (named: Device, event: PageEvent) => {
    if (manifest.takesRuns) sendNotice({ device: named, event });
  };
  say(device, { kind: 'opened' });
  const own = new OwnRuns(manifest);
  const work = element('div', { id: 'work' });
  const shown = element('div', { id: 'shown' });
  const showResults = () =>
    shown.replaceChildren(resultsView(results, own), ...(own.count === 0 ? [] : [savePart(own, manifest)]));
  const showChoices = (...before: readonly Node[]) =>
    work.replaceChildren(
      ...before,
      choiceForm(manifest, abilities, device, (choices) => void run(choices)),
    );
  const run = async (choices: Choices) => {
    const stop = new AbortController();
    const view = progressView(() => stop.abort(new EngineFailure('canceled')));
    work.replaceChildren(view.root);
    focus('measuring');
    const failures: Node[] = [];
    const named = { ...device, name: choices.deviceName };
    await measureAll({
      manifest,
      device: named,
      engines: choices.engines,
      tests: planTests(manifest, [choices.scenario], choices.length),
      view,
      signal: stop.signal,
      onStart: (engine) => say(named, { kind: 'measures', engine, scenario: choices.scenario }),
      onRun: async (run) => {
        results.unshift(await own.add(run));
        showResults();
      },
      onFailure: (engine, thrown) => {
        if (stop.signal.aborted) return;
        failures.push(failureOf(engine, thrown));
        say(named, { kind: 'failed', engine, reason: messageOf(thrown).slice(0, MAX_REASON_LENGTH) });
      },
    });
    if (stop.signal.aborted) say(named, { kind: 'stopped' });
    showResults();
    showChoices(...failures);
    focus('results');
  };
  document.querySelector('#benchmark')?.replaceChildren(aboutText(manifest));
  showResults();
  showChoices();
  main.replaceChildren(deviceSection(device), work, shown);
}

function aboutText({ dataset, takesRuns }: Manifest): string {
  return (
    `A neural network compares ${dataset.pairs} pairs of faces, and this page measures how long that takes, by the rules ` +
    `of MLPerf. It takes no picture, and sends ${takesRuns ? 'what it has measured, nothing else' : 'nothing'}.`
  );
}

function savePart(own: OwnRuns, { takesRuns }: Manifest): HTMLElement {
  const save = element('button', { type: 'button' }, 'Save the logs');
  save.addEventListener('click', () => void own.save());
  const text = takesRuns
    ? 'The machine that serves this page has them already.'
    : 'Only this page has them, until it is closed. "loadgen results" reads what is saved.';
  return element('div', { class: 'save' }, save, element('p', { class: 'quiet' }, text));
}

function deviceSection(device: Device): HTMLElement {
  const { browser, platform, logicalProcessors, adapter, isolated } = device;
  const facts = [
    ['Browser', `${browser} on ${platform}`],
    ['Processors', String(logicalProcessors)],
    ['Graphics (WebGPU)', adapter ?? 'not offered here'],
  ];
  const warning = element(
    'p',
    { class: 'warning' },
    'This page is not isolated: its clock is coarse. Open it by https, or on the machine that serves it.',
  );
  return element(
    'section',
    { 'aria-labelledby': 'device' },
    element('h2', { id: 'device' }, 'This device'),
    element('dl', {}, ...facts.flatMap(([name = '', fact = '']) => [element('dt', {}, name), element('dd', {}, fact)])),
    ...(isolated ? [] : [warning]),
  );
}

function failureOf(engine: string, thrown: unknown): HTMLElement {
  const hint = thrown instanceof EngineFailure && thrown.hint !== undefined ? `. ${thrown.hint}` : '';
  return problem(`${findPageEngine(engine).description} could not be measured`, messageOf(thrown) + hint);
}

function problem(title: string, text: string): HTMLElement {
  return element('div', { class: 'problem', role: 'alert' }, element('h2', {}, title), element('p', {}, text));
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function focus(id: string): void {
  document.getElementById(id)?.focus();
}

async function getJson<Value>(path: string): Promise<Value> {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return response.json();
}
