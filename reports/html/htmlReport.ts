import { accuracySection } from './accuracySection.js';
import { Markup, markup } from './markup.js';
import type { Faces } from './misjudgedPairs.js';
import type { ReportData } from './reportData.js';
import { runName, runNumber } from './runMarks.js';
import { scenarioSection } from './scenarioSection.js';
import { settingsTables } from './settingsTables.js';
import { STYLE } from './style.js';
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
  const accuracy = accuracySection(data.datasets, faces, runs);
  const links: [string, string][] = [
    ['summary', 'Summary'],
    ...scenarios.map(({ scenario }, index): [string, string] => [`scenario-${index}`, scenario]),
    ...(accuracy.length === 0 ? [] : [['accuracy', 'Accuracy'] satisfies [string, string]]),
    ['settings', 'Settings and verdicts'],
  ];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
<header><h1>${title}</h1>
${runs.length > 1 ? markup`<p class="lead">The baseline is run 1.</p>` : ''}</header>
<nav aria-label="Parts of the report"><ul>${links.map(([id, text]) => markup`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
<main id="main">
${summarySection(data)}${sections}${accuracy}<section aria-labelledby="settings"><h2 id="settings">Settings and verdicts</h2>
${settingsTables(runs)}</section>
</main>
<footer><p>Intervals enclose a run's true figure with ${100 * data.comparison.confidence} % confidence. <i>Faster</i> and <i>slower</i> are said where two intervals do not overlap, else <i>no difference shown</i>. What changes between two runs of the same system, such as other load on the machine, is in no interval: repeat runs to see it.</p></footer>
</body>
</html>
`.text;
}

function summarySection({ comparison }: ReportData): Markup {
  const { runs } = comparison;
  const statements = summaryStatements(comparison).map(
    ({ topic, sentences }) => markup`<dt>${topic}</dt>${sentences.map((sentence) => markup`<dd>${sentence}</dd>`)}\n`,
  );
  return markup`<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<ul>${runs.map((run, index) => markup`<li><b>${runs.length > 1 ? `Run ${runNumber(index)}, ${runName(run)}` : runName(run)}</b>: ${systemText(run.tests)}</li>\n`)}</ul>
<dl class="statements">${statements}</dl>
${warnings(comparison)}</section>
`;
}

function systemText(tests: ReportData['comparison']['runs'][number]['tests']): string {
  const invalid = tests.filter(({ validity }) => validity === 'INVALID').length;
  const judged = tests.filter(({ validity }) => validity !== null).length;
  const verdict =
    judged === 0 ? [] : [invalid === 0 ? 'all performance tests VALID' : `${invalid} of ${judged} tests INVALID`];
  const systems = tests.map(({ sutName, configuration: { precision, threads_per_inference: threads } }) => {
    const facts = [precision === 'none' ? undefined : precision, threads && `threads per inference: ${threads}`];
    return [sutName, ...facts.filter((fact) => fact !== undefined && fact !== '')].join(', ');
  });
  return [...new Set(systems), ...verdict].join('; ');
}

function warnings({ warnings: found, runs }: ReportData['comparison']): Markup {
  if (found.length === 0) return markup`<p>No warnings.</p>\n`;
  const ofRuns = runs.flatMap((record, run) => {
    const items = found
      .filter((warning) => warning.run === run)
      .map(({ scenarios, code, message }) => markup`<li><b>${code}</b> ${scenarios.join(', ')}: ${message}</li>\n`);
    if (items.length === 0) return [];
    return [
      markup`${runs.length > 1 ? markup`<h4>Run ${runNumber(run)}, ${runName(record)}</h4>` : ''}<ul>${items}</ul>\n`,
    ];
  });
  return markup`<div class="warnings"><h3>Warnings</h3>${ofRuns}</div>\n`;
}
