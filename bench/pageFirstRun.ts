/**
 * How long it takes from `loadgen serve` to a short run's result in a browser that has nothing of the page yet, over
 * loopback, stage by stage. `node dist/bench/pageFirstRun.js [ENGINE'S DESCRIPTION [fp32|int8]]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, CHROMIUM_FILE } from '../test/reports/html/chromiumFile.js';

const POLL_MS = 100;
const LIMIT_MS = 300_000;

const [engine, precision = 'fp32'] = process.argv.slice(2);
const startMs = performance.now();
const say = (what: string) =>
  console.log(`${((performance.now() - startMs) / 1000).toFixed(1).padStart(6)} s  ${what}`);

const output = mkdtempSync(join(tmpdir(), 'first-run-'));
const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--output', output]);
const browser = await chromium.launch({
  ...(CHROMIUM_FILE === undefined ? {} : { executablePath: CHROMIUM_FILE }),
  args: CHROMIUM_ARGUMENTS,
});
try {
  const [printed] = await once(server.stdout, 'data');
  say('the page is served');
  const page = await browser.newPage();
  await page.goto(String(printed).trim());
  await page.getByRole('button', { name: 'Start' }).waitFor();
  say('the page is open');
  if (precision === 'int8') await page.getByLabel('In 8-bit integers').check();
  if (engine !== undefined) {
    await page.getByLabel('All that this device can run').uncheck();
    await page.getByLabel(engine).check();
  }
  await page.getByRole('button', { name: 'Start' }).click();
  const status = page.getByRole('status');
  let stage = '';
  for (let shown: string | null = ''; shown !== null; ) {
    if (shown !== stage && shown !== '') say(shown);
    stage = shown || stage;
    if (performance.now() - startMs > LIMIT_MS) throw new Error('no result in five minutes');
    await page.waitForTimeout(POLL_MS);
    shown = (await status.count()) === 0 ? null : await status.textContent();
  }
  say('the result is shown');
  for (const row of await page.locator('tbody tr').allTextContents()) console.log(row);
} finally {
  await browser.close();
  server.kill('SIGINT');
  await once(server, 'exit');
  rmSync(output, { recursive: true, force: true });
}
