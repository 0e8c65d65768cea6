import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { leastCosineOf } from '../../sut/systemHeldTo.js';
import { ROOT } from '../documents/markdown.js';
import { needsChromium, openBrowser } from '../reports/html/chromium.js';
import { loadgen, SIX_PAIRS, start, temporaryFile, temporaryFolder } from './loadgen.js';

/** A phone's width. */
const WIDTH = 390;
/** As few queries as there can be. */
const USER_CONF = ['min_duration = 0', 'min_query_count = 2'].map((line) => `*.SingleStream.${line}\n`).join('');

before(() => promisify(execFile)(process.execPath, [join(ROOT, 'dist/scripts/bundlePage.js')]));

/** Serves the page, and resolves with the address that is printed. */
async function serve(t: TestContext, args: readonly string[]) {
  const running = start(['serve', '--port', '0', ...args]);
  t.after(() => running.process.kill('SIGKILL'));
  const [printed] = await once(running.process.stdout ?? process.stdin, 'data');
  return { running, address: String(printed).trim() };
}

async function serveSixPairs(t: TestContext) {
  const output = await temporaryFolder(t);
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const conf = ['--user-conf', await temporaryFile(t, 'user.conf', USER_CONF)];
  return { output, pairs, ...(await serve(t, ['--output', output, ...pairs, ...conf])) };
}

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  return page;
}

/** What axe-core finds, and what is wider than the screen. */
async function faultsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate('axe.run().then(({ violations }) => violations)');
  const width = await page.evaluate('document.documentElement.scrollWidth');
  return { violations, width };
}

const WELL = { violations: [], width: WIDTH };

describe('serve', () => {
  test('a browser opens the page, measures itself, and its logs are kept like any run', needsChromium, async (t) => {
    const { output, pairs, running, address } = await serveSixPairs(t);
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{16}\/$/);
    const { context, complaints } = await openBrowser({ width: WIDTH });
    const page = await open(context, address);
    await running.printed('has opened the page');
    await page.getByText('By the benchmark').click();
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel('Name of this device').fill('My phone');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { name: 'Measuring' }).waitFor();
    assert.deepEqual(await faultsOf(page), WELL);
    const row = page.getByRole('row').filter({ hasText: 'My phone: tfjs-tflite' });
    await row.waitFor({ timeout: 120_000 });
    assert.match((await row.textContent()) ?? '', /fp32, 1 thread.*\d ms|s/);
    assert.deepEqual(await faultsOf(page), WELL);
    await running.printed('My phone, tfjs-tflite: SingleStream accuracy');
    const [name = ''] = readdirSync(output);
    assert.match(name, /-my-phone-tfjs-tflite$/);
    const expected = [`request: ${address}`, 'request: blob:', 'console: No available adapters'];
    const outside = complaints.filter((text) => !expected.some((start) => text.startsWith(start)));
    assert.deepEqual(outside, []);

    const onNode = await temporaryFolder(t);
    const same = ['--sut', 'tfjs-tflite', '--scenario', 'SingleStream', '--mode', 'AccuracyOnly', '--output', onNode];
    const { exitCode, stderr } = await loadgen(['run', ...pairs, ...same]);
    assert.equal(exitCode, 0, stderr);
    const cosine = leastCosineOf(answersIn(join(output, name)), answersIn(onNode));
    assert.ok(cosine > 0.99999, `${cosine}`);
    const table = await loadgen(['results', output]);
    assert.equal(table.exitCode, 0, table.stderr);
    assert.match(table.stdout, /tfjs-tflite, fp32/);
  });

  test('the page is dark where the device is, and says what it can do', needsChromium, async (t) => {
    const { address } = await serveSixPairs(t);
    const { context } = await openBrowser({ width: WIDTH, dark: true });
    const page = await open(context, address);
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(20, 23, 27)');
    assert.equal(await page.evaluate('crossOriginIsolated'), true);
    assert.match(
      (await page.locator('dl').textContent()) ?? '',
      /BrowserChrome \d+ on LinuxProcessors\d+Graphics \(WebGPU\)/,
    );
    assert.deepEqual(await faultsOf(page), WELL);
  });

  test('a run that is cancelled leaves nothing, and another one may follow', needsChromium, async (t) => {
    const { output, address } = await serveSixPairs(t);
    const { context } = await openBrowser({ width: WIDTH });
    const page = await open(context, address);
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Start' }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.deepEqual(readdirSync(output), []);
  });

  const faults: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--port', '70000'], /--port must be a whole number from 0 to 65535/],
    [['--dataset', 'nowhere'], /QSL_DATASET/],
  ];
  for (const [args, message] of faults) {
    test(`refuses ${args.join(' ')}`, async () => {
      const { exitCode, stderr } = await loadgen(['serve', ...args]);
      assert.equal(exitCode, 2);
      assert.match(stderr, message);
    });
  }
});

const answersSchema = z.array(z.object({ qsl_idx: z.number(), data: z.string() }));

/** The embeddings in a run's accuracy log, by sample. */
function answersIn(runFolder: string): Float32Array {
  const text = readFileSync(join(runFolder, 'SingleStream/accuracy/mlperf_log_accuracy.json'), 'utf8');
  const answers = answersSchema.parse(JSON.parse(text)).toSorted((a, b) => a.qsl_idx - b.qsl_idx);
  const bytes = Buffer.concat(answers.map(({ data }) => Buffer.from(data, 'hex')));
  return new Float32Array(new Uint8Array(bytes).buffer);
}
