import type { RunRecord, TestRecord } from '../figures/runRecord.js';
import { dataTable } from './chartFigure.js';
import { type Content, type Markup, markup } from './markup.js';
import { runName, runNumber } from './runMarks.js';

/** Each run's tests with their verdicts, reasons and settings. */
export function settingsTables(runs: readonly RunRecord[]): Markup {
  return markup`${runs.map(runSettings)}`;
}

function runSettings(run: RunRecord, index: number): Markup {
  const name = `Run ${runNumber(index)}, ${runName(run)}`;
  const facts = [
    ...Object.entries(run.system ?? {}),
    ...(run.quick === true ? [['quick', 'yes: too short for a result']] : []),
  ];
  const system =
    facts.length === 0
      ? markup`<p>The logs say nothing of the machine.</p>`
      : markup`<dl>${facts.map(([key = '', value]) => markup`<dt>${wordsOf(key)}</dt><dd>${value}</dd>`)}</dl>`;
  const verdicts = dataTable({
    caption: `Verdicts of run ${runNumber(index)}`,
    head: ['Test', 'Verdict', 'Why'],
    hasSentences: true,
    rows: run.tests.map((test) => [testName(test), verdict(test), reasons(test)]),
  });
  return markup`<section aria-labelledby="run-${index}"><h3 id="run-${index}">${name}</h3>
${system}
${verdicts}
<details><summary>Settings of run ${runNumber(index)}</summary>
${dataTable({
  caption: `Settings of run ${runNumber(index)}`,
  head: ['Setting', ...run.tests.map(testName)],
  rows: settingRows(run.tests),
  hasSentences: true,
})}
</details></section>
`;
}

function testName({ scenario, kind }: TestRecord): string {
  return `${scenario} ${kind}`;
}

function verdict({ validity }: TestRecord): Content {
  if (validity === null) return 'judged by its accuracy';
  return markup`<b class="${validity === 'VALID' ? 'good' : 'bad'}">${validity}</b>`;
}

function reasons({ invalidReasons, errorMessages }: TestRecord): string {
  const errors = errorMessages.map((message) => `Error in the log: ${message}`);
  return [...invalidReasons, ...errors].join(' ');
}

/** Every setting of every test, side by side. */
function settingRows(tests: readonly TestRecord[]): Content[][] {
  const all = tests.map((test) => ({
    ...(test.startedAt === null ? {} : { started: test.startedAt }),
    'LoadGen version': test.loadgenVersion,
    'system under test': test.sutName,
    ...prefixed('system: ', test.configuration),
    ...prefixed('data: ', test.data),
    ...test.settings,
  }));
  const keys = [...new Set(all.flatMap((settings) => Object.keys(settings)))];
  return keys.map((key) => [key, ...all.map((settings) => new Map(Object.entries(settings)).get(key) ?? '')]);
}

function prefixed(prefix: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [prefix + key, value]));
}

/** `logicalProcessors` and `logical_processors` as people write it: `logical processors`. */
export function wordsOf(key: string): string {
  return key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replaceAll(/\w+/g, (word) => NAMES[word] ?? word);
}

const NAMES: Readonly<Record<string, string>> = { sha256: 'SHA-256', loadgen: 'LoadGen' };
