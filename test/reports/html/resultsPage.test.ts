import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { resultsPage } from '../../../reports/html/resultsPage.js';
import { newFolder } from '../figures/runFolders.js';
import { manyResults } from '../results/measuredFolders.js';
import { needsChromium, openBrowser } from './chromium.js';

const results = await manyResults('steady');
const file = join(newFolder(), 'results.html');
writeFileSync(file, resultsPage(results));

async function openPage(javaScriptEnabled = true): Promise<Page> {
  const { context } = await openBrowser({ width: 1200, javaScriptEnabled });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

async function shownNumbers(page: Page): Promise<string> {
  const numbers = await page.locator('tr[data-system]:visible td:first-child').allTextContents();
  return numbers.join(' ');
}

test(
  'a click on a head sorts the best first, another the other way; INVALID and missing come last',
  needsChromium,
  async () => {
    const page = await openPage();
    assert.equal(await shownNumbers(page), '1 2 3 4 5');
    const head = page.getByRole('columnheader', { name: 'SingleStream p90' });
    await head.getByRole('button').click();
    assert.equal(await shownNumbers(page), '4 3 2 1 5');
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    await page.keyboard.press('Enter');
    assert.equal(await shownNumbers(page), '2 3 4 1 5');
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    await page.getByRole('button', { name: 'System' }).click();
    assert.equal(await shownNumbers(page), '1 2 3 4 5');
    assert.equal(await head.getAttribute('aria-sort'), null);
  },
);

test('rows are filtered by words and boxes; the chart shows those that are left', needsChromium, async () => {
  const page = await openPage();
  const status = page.getByRole('status');
  assert.equal(await status.textContent(), '5 of 5 systems');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('duel SYSTEM-');
  assert.equal(await shownNumbers(page), '3 4 5');
  assert.equal(await status.textContent(), '3 of 5 systems');
  assert.equal(await page.locator('circle[data-system="2"].filtered').count(), 1);
  assert.equal(await page.locator('circle[data-system="3"].filtered').count(), 0);
  await page.getByRole('checkbox', { name: 'Without INVALID' }).check();
  assert.equal(await shownNumbers(page), '3 4');
  await page.getByRole('checkbox', { name: 'Only the best front' }).check();
  assert.equal(await shownNumbers(page), '4');
  await page.getByRole('searchbox').fill('nothing like it');
  assert.equal(await status.textContent(), '0 of 5 systems');
  assert.equal(await page.locator('tbody:visible').count(), 0);
});

test('a row and its mark in a chart are shown together', needsChromium, async () => {
  const page = await openPage();
  await page.locator('tr[data-system="2"] th').hover();
  assert.equal(await page.locator('circle[data-system="2"].pointed').count(), 1);
  await page.locator('tr[data-system="3"] th').hover();
  assert.equal(await page.locator('circle[data-system="2"].pointed').count(), 0);
});

test('without scripts, every row is there, and no control that would do nothing', needsChromium, async () => {
  const page = await openPage(false);
  assert.equal(await shownNumbers(page), '1 2 3 4 5');
  assert.equal(await page.locator('input:visible, button').count(), 0);
});

test('the policy allows the one script by its digest, and no other', needsChromium, async () => {
  const page = await openPage();
  const script = page.locator('script');
  assert.equal(await script.count(), 1);
  const added =
    "const other = document.createElement('script'); other.textContent = 'document.title = 1'; document.body.append(other)";
  await page.evaluate(added);
  assert.equal(await page.title(), 'Results of 5 systems');
});

test('the chart draws the best front, and says what it lacks and why', () => {
  const page = resultsPage(results);
  assert.match(page, /On the best front: 4 system-2\./);
  assert.match(page, /Not drawn: 1, 5 \(INVALID\)\./);
  assert.match(page, /Not drawn: 1, 5 \(INVALID\); 2 \(no accuracy\)\./);
  assert.equal(page.match(/<path class="front"/g)?.length, 2);
  assert.equal(page.match(/<circle class="system best"/g)?.length, 2);
});

test('a chart says which number is which system', needsChromium, async () => {
  const page = await openPage();
  const names = page.locator('figure').last().locator('.legend li');
  assert.deepEqual(await names.allTextContents(), ['3 system-1', '4 system-2']);
  await page.getByRole('searchbox').fill('system-1');
  assert.equal(await page.locator('.legend li[data-system="4"].filtered').count(), 2);
});

test('what is the same of all systems is said once, at the head; what is not, in their rows', () => {
  const measured = structuredClone(results);
  const systems = measured.benchmarks.flatMap((benchmark) => benchmark.systems);
  for (const system of systems) system.startedAt = '2026-11-24T10:00:00Z';
  assert.equal(resultsPage(measured).match(/2026-11-24/g)?.length, 1);
  const [first] = systems;
  assert.ok(first);
  Object.assign(first, { quick: true, startedAt: '2026-11-25T10:00:00Z' });
  const page = resultsPage(measured);
  assert.match(page, /, 2026-11-24 to 2026-11-25<\/p>/);
  assert.match(page, /: run, quick, 2026-11-25/);
  assert.match(page, /<b>1<\/b> measured with --quick: too short/);
});

test('networks and data sets have charts of their own, and the page says so', () => {
  const [benchmark] = results.benchmarks;
  assert.ok(benchmark);
  const page = resultsPage({ ...results, benchmarks: [benchmark, { ...benchmark, network: 'other' }] });
  assert.match(page, /Networks and data sets have charts of their own/);
  assert.match(page, /<h3>sphereface20 on 600 samples of faces<\/h3>/);
  assert.match(page, /<h3>other on 600 samples of faces<\/h3>/);
  assert.equal(page.match(/<tbody>\n<tr><th scope="rowgroup"/g)?.length, 2);
});

test('a table of four scenarios scrolls on its own on a narrow screen', needsChromium, async () => {
  const measured = structuredClone(results);
  for (const system of measured.benchmarks.flatMap((benchmark) => benchmark.systems))
    for (const [of, other] of [
      ['SingleStream', 'MultiStream'],
      ['Offline', 'Server'],
    ])
      system.results.push(
        ...system.results
          .filter(({ scenario }) => scenario === of)
          .map((result) => ({ ...result, scenario: other ?? '', onFront: true })),
      );
  const wide = join(newFolder(), 'wide.html');
  writeFileSync(wide, resultsPage(measured));
  const { context } = await openBrowser({ width: 390 });
  const page = await context.newPage();
  await page.goto(pathToFileURL(wide).href);
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
});

test('among many points only the best have their numbers', () => {
  const [benchmark] = structuredClone(results).benchmarks;
  const system = benchmark?.systems.find(({ results: [first] }) => first?.validity !== 'INVALID' && first?.accuracy);
  assert.ok(benchmark && system);
  const systems = Array.from({ length: 61 }, (_, index) => {
    const copy = structuredClone(system);
    for (const { figures } of copy.results) for (const figure of figures) figure.value = 1e6 * (1 + index);
    return copy;
  });
  const countsOf = (systemCount: number) => {
    const page = resultsPage({ ...results, benchmarks: [{ ...benchmark, systems: systems.slice(0, systemCount) }] });
    return ['class="number"', 'class="system best"', '<circle'].map((part) => page.split(part).length - 1);
  };
  const [numbers, best, points] = countsOf(61);
  assert.equal(numbers, best);
  assert.notEqual(numbers, points);
  const [allNumbers, , allPoints] = countsOf(3);
  assert.equal(allNumbers, allPoints);
});

test('where no two systems can be compared there is no chart', () => {
  const page = resultsPage({ ...results, benchmarks: [] });
  assert.doesNotMatch(page, /Speed against accuracy|class="front"/);
});
