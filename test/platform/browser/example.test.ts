import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundle } from '../../browser/bundle.js';
import { serveSite } from '../../browser/site.js';
import { ROOT } from '../../documents/markdown.js';
import { needsChromium, openBrowser } from '../../reports/html/chromium.js';

test('the example of a LoadGen in a page shows its summary', needsChromium, async (t) => {
  const site = await serveSite({
    '/': readFileSync(join(ROOT, 'examples/browser/index.html'), 'utf8'),
    '/page.js': await bundle('examples/browser/page.js'),
    '/worker.js': await bundle('examples/browser/worker.js'),
  });
  t.after(() => site.close());
  const { context } = await openBrowser({ width: 800 });
  const shown = await context.newPage();
  await shown.goto(site.url);
  const summary = shown.getByText('MLPerf Results Summary');
  await summary.waitFor({ timeout: 60_000 });
  assert.match((await summary.textContent()) ?? '', /^SUT name : sum of squares$/m);
  assert.match((await summary.textContent()) ?? '', /^Step of the clock \(ns\) {10}: 5000$/m);
});
