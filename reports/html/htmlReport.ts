import { comparisonSentence } from '../compare/comparisonTable.js';
import { figureText } from '../compare/figureText.js';
import { JUDGED_SPEEDS } from '../figures/ratioVerdict.js';
import { accuracySection } from './accuracySection.js';
import { type Content, type Markup, markup } from './markup.js';
import type { Faces } from './misjudgedPairs.js';
import { pageFrame, pageSection } from './pageFrame.js';
import type { ReportData } from './reportData.js';
import { runName, runNumber, runTitle } from './runMarks.js';
import { scenarioSection } from './scenarioSection.js';
import { settingsTables } from './settingsTables.js';
import { speedOf, speedTable } from './speedTable.js';
import { summaryStatements } from './summaryText.js';

/**
 * A self-contained page: no script, no font, no address but `data:`. The same data give the same bytes.
 *
 * @param faces one for each of the data's `datasets`
 */
export function htmlReport(data: ReportData, faces: readonly Faces[]): string {
  const { runs, scenarios } = data.comparison;
  const [first] = runs;
  const title =
    runs.length > 1 ? `Comparison of ${runs.length} runs` : `Report of ${first === undefined ? '' : runName(first)}`;
  const sections = scenarios.map((scenario, index) => {
    const performance = data.charts.flatMap((charts, run) =>
      charts.performance.filter((one) => one.scenario === scenario.scenario).map((one) => ({ run, ...one })),
    );
    return scenarioSection(`scenario-${index}`, scenario, runs, performance);
  });
  const accuracy = accuracySection(data, faces);
  const links: [string, string][] = [
    ['summary', 'Summary'],
    ...scenarios.map(({ scenario }, index): [string, string] => [`scenario-${index}`, scenario]),
    ...(accuracy.length === 0 ? [] : [['accuracy', 'Accuracy'] satisfies [string, string]]),
    ['settings', 'Settings and verdicts'],
  ];
  return pageFrame({
    title,
    lead: leadOf(data),
    links,
    content: [
      summarySection(data),
      sections,
      accuracy,
      pageSection('settings', 'Settings and verdicts', settingsTables(runs)),
    ],
    footer: comparisonSentence(data.comparison),
  });
}

/** The figure that matters, then when, where and on what the runs were made. */
function leadOf({ comparison }: ReportData): Content[] {
  const { runs } = comparison;
  const tests = runs.flatMap((run) => run.tests);
  const all = (texts: readonly (string | null | undefined)[]) =>
    [...new Set(texts.filter((text) => text !== null && text !== undefined && text !== ''))].join(' and ');
  const facts = [
    all(tests.map(({ startedAt }) => startedAt?.slice(0, 10))),
    all(runs.map(({ system }) => system?.processor)),
    all(tests.map(({ data }) => data.name)),
    `LoadGen ${all(tests.map(({ loadgenVersion }) => loadgenVersion))}`,
  ];
  const [first] = summaryStatements(comparison);
  const sentence = first === undefined ? [] : [markup`<b>${first.topic}: ${first.sentences[0] ?? ''}</b>`];
  const baseline = runs.length > 1 ? ['The baseline is run 1.'] : [];
  return [...sentence, facts.filter((fact) => fact !== '').join(', '), ...baseline];
}

function summarySection({ comparison }: ReportData): Markup {
  const { runs } = comparison;
  const statements = summaryStatements(comparison).map(
    ({ topic, sentences }) => markup`<dt>${topic}</dt>${sentences.map((sentence) => markup`<dd>${sentence}</dd>`)}\n`,
  );
  const content = markup`${pictureOf(comparison)}<ul>${runs.map((run, index) => markup`<li><b>${runs.length > 1 ? `Run ${runNumber(index)}, ${runName(run)}` : runName(run)}</b>: ${systemText(run.tests)}</li>\n`)}</ul>
<dl class="statements">${statements}</dl>
${warnings(comparison)}`;
  return pageSection('summary', 'Summary', content);
}

/** The runs beside the baseline; nothing where there is none. */
function pictureOf({ runs, scenarios }: ReportData['comparison']): Content {
  const [base] = runs;
  if (base === undefined || runs.length === 1) return '';
  const systems = runs.map((run, index) => {
    const accuracies = scenarios.flatMap(({ figures }) => {
      const figure = figures.find(({ unit }) => unit === 'correct share');
      return figure?.values[index] ? [figureText('correct share', figure.values[index].value)] : [];
    });
    const speeds = scenarios.flatMap(({ scenario, figures }) =>
      figures.flatMap(({ name, unit, values }) => {
        const value = values[index];
        if (index === 0 || unit === 'correct share' || !JUDGED_SPEEDS.has(name) || value?.ratio == null) return [];
        return [{ name: `${scenario} ${name}`, verdict: value.verdict, ...speedOf(unit, value.ratio, null) }];
      }),
    );
    const accuracy = accuracies.length === 0 ? 'no accuracy' : `accuracy ${[...new Set(accuracies)].join(', ')}`;
    return {
      name: `Run ${runNumber(index)}, ${runName(run)}`,
      accuracy: index === 0 ? `the baseline; ${accuracy}` : accuracy,
      speeds,
    };
  });
  return speedTable(`run 1, ${runName(base)}`, systems);
}

function systemText(tests: ReportData['comparison']['runs'][number]['tests']): string {
  const invalid = tests.filter(({ validity }) => validity === 'INVALID').length;
  const judged = tests.filter(({ validity }) => validity !== null).length;
  const verdict =
    judged === 0 ? [] : [invalid === 0 ? 'all performance tests VALID' : `${invalid} of ${judged} tests INVALID`];
  const systems = tests.map(({ sutName, configuration }) => {
    const { precision, device, provider, threads_per_inference: threads } = configuration;
    const ofEngine = [precision === 'none' ? undefined : precision, device, provider && `provider ${provider}`];
    const facts = [...ofEngine, threads && `threads per inference: ${threads}`];
    return [sutName, ...facts.filter((fact) => fact !== undefined && fact !== '')].join(', ');
  });
  return [...new Set(systems), ...verdict].join('; ');
}

/** The same warning of several runs is said once. */
function warnings({ warnings: found, runs }: ReportData['comparison']): Markup {
  if (found.length === 0) return markup`<p>No warnings.</p>\n`;
  const runsOf = new Map<string, { readonly warning: (typeof found)[number]; readonly runs: number[] }>();
  for (const warning of found) {
    const key = [warning.code, warning.message, ...warning.scenarios].join('\n');
    const known = runsOf.get(key) ?? { warning, runs: [] };
    known.runs.push(warning.run);
    runsOf.set(key, known);
  }
  const items = [...runsOf.values()].map(({ warning: { code, scenarios, message }, runs: ofRuns }) => {
    const names = ofRuns.map((run) => runTitle(runs, run)).join('; ');
    const which =
      runs.length > 1 ? markup` <small>(${ofRuns.length === runs.length ? 'all runs' : names})</small>` : '';
    return markup`<li><b>${code}</b> ${scenarios.join(', ')}: ${message}${which}</li>\n`;
  });
  return markup`<div class="warnings"><h3>Warnings</h3><ul>${items}</ul></div>\n`;
}
