import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { z } from 'zod';
import { htmlReport } from '../../../reports/html/htmlReport.js';
import { readReportData } from '../../../reports/html/reportData.js';
import { newFolder } from '../figures/runFolders.js';
import { needsChromium, openBrowser } from './chromium.js';
import { writeRun } from './reportRuns.js';

const HOSTILE = '"><img src="http://127.0.0.1:9/x" onerror="document.title=1"><script>document.title=2</script>';

const WIDTH = 'document.documentElement.scrollWidth';

const FOCUSED = `(() => {
  const active = document.activeElement;
  if (active === null || active === document.body) return null;
  const name = active.getAttribute('aria-label') ?? active.textContent;
  return { name, outline: getComputedStyle(active).outlineWidth };
})()`;
const focusSchema = z.object({ name: z.string(), outline: z.string() }).nullable();

/** Texts whose contrast to what they stand on is below 4.5, and lines of charts below 3, as WCAG reckons it. */
const POOR_CONTRASTS = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return channels(colour)[3] === 0 ? groundOf(element.parentElement) : colour;
  };
  const contrast = (element, colour) => {
    const [one, other] = [luminance(colour), luminance(groundOf(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  const texts = [...document.body.querySelectorAll('*')].filter((element) => hasText(element) && !element.closest('title, desc'));
  const lines = [...document.querySelectorAll('path.line, circle.chosen')];
  return [
    ...texts.map((element) => {
      const style = getComputedStyle(element);
      return [element, contrast(element, element.closest('svg') ? style.fill : style.color), 4.5];
    }),
    ...lines.map((element) => [element, contrast(element, getComputedStyle(element).stroke), 3]),
  ]
    .filter(([, found, least]) => !(found >= least))
    .map(([element, found]) => element.outerHTML.slice(0, 80) + ': ' + found.toFixed(2));
})()`;

/** Three runs, one with a name that would be code, and a face. */
async function page(): Promise<string> {
  const values = { sut_name: JSON.stringify(HOSTILE) };
  const runs = [
    writeRun({ seed: 1, queryCount: 2000, meanNs: 1e6 }),
    writeRun({ seed: 2, queryCount: 2000, meanNs: 2e6, values }),
    writeRun({ seed: 3, queryCount: 50, meanNs: 5e7 }),
  ];
  const face = await sharp({ create: { width: 64, height: 75, channels: 3, background: 'gray' } })
    .jpeg()
    .toBuffer();
  const names = Array.from({ length: 41 }, (_, index) => `Somebody ${index}`);
  const images = new Map(names.map((name) => [name, `data:image/jpeg;base64,${face.toString('base64')}`]));
  const file = join(newFolder(), 'report.html');
  writeFileSync(file, htmlReport(await readReportData(runs), [{ images }]));
  return pathToFileURL(file).href;
}

const url = needsChromium.skip === false ? await page() : '';

for (const dark of [false, true]) {
  test(
    `the page is shown ${dark ? 'dark' : 'light'}, without a complaint and without asking for anything`,
    needsChromium,
    async () => {
      const { context, complaints } = await openBrowser({ width: 1200, dark });
      const shown = await context.newPage();
      await shown.goto(url);
      assert.equal(await shown.title(), 'Comparison of 3 runs');
      assert.ok((await shown.locator('figure svg path.line').count()) > 10);
      assert.equal(
        await shown
          .locator('img')
          .evaluateAll((images) => images.every((one) => 'naturalWidth' in one && one.naturalWidth === 64)),
        true,
      );
      const ground = await shown.evaluate('getComputedStyle(document.body).backgroundColor');
      assert.equal(ground, dark ? 'rgb(20, 23, 27)' : 'rgb(255, 255, 255)');
      assert.deepEqual(await shown.evaluate(POOR_CONTRASTS), []);
      assert.deepEqual(complaints, []);
    },
  );
}

test('at a width of 320 pixels nothing is wider than the page', needsChromium, async () => {
  const { context } = await openBrowser({ width: 320 });
  const shown = await context.newPage();
  await shown.goto(url);
  await shown.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
  assert.equal(await shown.evaluate(WIDTH), 320);
});

test('charts have names and descriptions, and their numbers in tables', needsChromium, async () => {
  const { context } = await openBrowser({ width: 1200 });
  const shown = await context.newPage();
  await shown.goto(url);
  const charts = await shown.getByRole('img', { name: /^SingleStream: |^Offline: |characteristic|tradeoff/ }).count();
  assert.equal(charts, await shown.locator('svg[role=img]').count());
  // Latency over time is drawn for each of the three runs.
  assert.equal(charts, 6 + 3);
  for (const chart of await shown.locator('svg[role=img]').all()) {
    const described = await chart.getAttribute('aria-describedby');
    assert.ok(((await shown.locator(`#${described}`).textContent()) ?? '').length > 20);
  }
  assert.equal(await shown.locator('figure').count(), await shown.locator('figure details table').count());
  for (const landmark of ['banner', 'navigation', 'main', 'contentinfo'] as const)
    assert.equal(await shown.getByRole(landmark).count(), 1, landmark);
});

test('the keyboard reaches every chart and its numbers, with a mark around where it is', needsChromium, async () => {
  const { context } = await openBrowser({ width: 1200 });
  const shown = await context.newPage();
  await shown.goto(url);
  const reached: string[] = [];
  for (let step = 0; step < 200; step++) {
    await shown.keyboard.press('Tab');
    const focused = focusSchema.parse(await shown.evaluate(FOCUSED));
    if (focused === null || reached.includes(focused.name)) break;
    assert.equal(focused.outline, '3px', focused.name);
    reached.push(focused.name);
  }
  assert.equal(reached[0], 'To the report');
  const summaries = await shown.locator('summary').allTextContents();
  assert.ok(summaries.length > 7);
  for (const summary of summaries) assert.ok(reached.includes(summary), summary);
  const charts = reached.filter((name) => name.startsWith('Chart: '));
  assert.equal(charts.length, 7);
});

test('Enter opens the numbers of a chart', needsChromium, async () => {
  const { context } = await openBrowser({ width: 1200 });
  const shown = await context.newPage();
  await shown.goto(url);
  const details = shown.locator('details').first();
  await details.locator('summary').focus();
  await shown.keyboard.press('Enter');
  assert.ok(await details.locator('table').isVisible());
});

test('the page can be printed, light and without its navigation', needsChromium, async () => {
  const { context, complaints } = await openBrowser({ width: 1200, dark: true });
  const shown = await context.newPage();
  await shown.goto(url);
  const pdf = await shown.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.ok(pdf.length > 20_000);
  await shown.emulateMedia({ media: 'print' });
  assert.equal(await shown.locator('nav').isVisible(), false);
  // On paper, 180 mm wide.
  await shown.setViewportSize({ width: 680, height: 900 });
  assert.equal(await shown.evaluate(WIDTH), 680);
  assert.deepEqual(complaints, []);
});
