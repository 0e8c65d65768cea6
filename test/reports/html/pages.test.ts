/** What every page has to hold: usable by everyone, at any width, light and dark, without a request or a complaint. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { z } from 'zod';
import { compareGroups } from '../../../reports/compare/groups/compareGroups.js';
import { judgeDuel } from '../../../reports/duel/judgeDuel.js';
import { duelPage } from '../../../reports/html/duelPage.js';
import { groupPage } from '../../../reports/html/groupPage.js';
import { htmlReport } from '../../../reports/html/htmlReport.js';
import { readReportData } from '../../../reports/html/reportData.js';
import { resultsPage } from '../../../reports/html/resultsPage.js';
import { aDuel, aPhase } from '../duel/aDuel.js';
import { groupOf, newFolder } from '../figures/runFolders.js';
import { manyResults } from '../results/measuredFolders.js';
import { needsChromium, openBrowser } from './chromium.js';
import { writeRun } from './reportRuns.js';

const HOSTILE = '"><img src="http://127.0.0.1:9/x" onerror="document.title=1"><script>document.title=2</script>';

const violationsSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

function duel(): string {
  const phases = [
    aPhase('SingleStream', [1e7, 5e6, 1e7], { samplesPerRound: 20 }),
    aPhase('Offline', [2e7, 1e7, 9e7], { rounds: 1 }),
  ];
  const measured = aDuel(phases, [null, null, 'it failed (SUT_FAILED)']);
  const [, second] = measured.contestants;
  if (second !== undefined) second.name = HOSTILE;
  return duelPage(judgeDuel(measured));
}

const folders = [
  writeRun({ seed: 1, queryCount: 2000, meanNs: 1e6 }),
  writeRun({ seed: 3, queryCount: 50, meanNs: 5e7 }),
];
const [base, others] = [groupOf(1e6, 1), groupOf(8e5, 100, 3)];

const results = await manyResults(HOSTILE);

async function runs(): Promise<string> {
  return htmlReport(await readReportData(folders), [{ missing: 'not looked for' }]);
}

async function groups(): Promise<string> {
  return groupPage(await compareGroups(base, others));
}

const PAGES: readonly [what: string, page: () => string | Promise<string>, shown: readonly string[]][] = [
  ['runs', runs, ['Comparison of 2 runs', 'one run cannot tell']],
  ['a duel', duel, ['faster', HOSTILE, 'too few rounds', 'it failed (SUT_FAILED)']],
  ['results', () => resultsPage(results), ['Results of 5 systems', HOSTILE, 'INVALID', '★']],
  ['groups of runs', groups, ['faster', '5 and 3 runs', 'is faster, 1.']],
];

for (const [what, page, texts] of PAGES) {
  const url = needsChromium.skip === false ? await write(await page()) : '';

  test(`the page of ${what} says what was found`, needsChromium, async () => {
    const { context } = await openBrowser({ width: 1200 });
    const shown = await context.newPage();
    await shown.goto(url);
    const text = (await shown.locator('body').textContent()) ?? '';
    for (const each of texts) assert.ok(text.includes(each), `found no "${each}"`);
  });

  for (const [width, dark] of [
    [1200, false],
    [1200, true],
    [390, false],
    [390, true],
  ] as const) {
    const how = `${width} pixels wide, ${dark ? 'dark' : 'light'}`;
    test(
      `the page of ${what}, ${how}: no violation, no complaint, nothing beside the page`,
      needsChromium,
      async () => {
        const { context, complaints } = await openBrowser({ width, dark });
        const shown = await context.newPage();
        await shown.goto(url);
        assert.equal(await shown.evaluate('document.documentElement.scrollWidth'), width);
        await shown.evaluate(axe.source);
        const violations = violationsSchema.parse(
          await shown.evaluate('axe.run().then(({ violations }) => violations)'),
        );
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`),
          [],
        );
        assert.deepEqual(complaints, []);
      },
    );
  }

  test(`the page of ${what} is the same bytes each time`, async () => {
    assert.equal(await page(), await page());
  });
}

function write(page: string): string {
  const file = join(newFolder(), 'page.html');
  writeFileSync(file, page);
  return pathToFileURL(file).href;
}
