import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { leastCosineOf } from '../../sut/systemHeldTo.js';
import { ROOT } from '../documents/markdown.js';
import { needsChromium, openBrowser } from '../reports/html/chromium.js';
import { needsFirefox, openInFirefox } from '../reports/html/firefox.js';
import { loadgen, temporaryFolder } from './loadgen.js';
import { FIRST_ENGINE, faultsOf, open, serveSixPairs, WELL, WIDTH } from './serve/page.js';

before(() => promisify(execFile)(process.execPath, [join(ROOT, 'dist/scripts/bundlePage.js')]));

describe('serve', () => {
  test('a browser opens the page, measures itself, and its logs are kept like any run', needsChromium, async (t) => {
    const { output, pairs, running, address } = await serveSixPairs(t);
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{16}\/$/);
    const { context, complaints } = await openBrowser({ width: WIDTH });
    const page = await open(context, address);
    await running.printed('has opened the page.');
    await page.getByText('By the benchmark').click();
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel('Name of this device').fill('My phone');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { name: 'Measuring' }).waitFor();
    assert.deepEqual(await faultsOf(page), WELL);
    const row = page.getByRole('row').filter({ hasText: 'My phone: litert' });
    await row.waitFor({ timeout: 120_000 });
    assert.match((await row.textContent()) ?? '', /fp32, 1 thread.*\d ms|s/);
    assert.deepEqual(await faultsOf(page), WELL);
    await running.printed('My phone, litert: SingleStream accuracy');
    const [name = ''] = readdirSync(output);
    assert.match(name, /-my-phone-litert$/);
    const expected = [`request: ${address}`, 'request: blob:', 'console: No available adapters'];
    const outside = complaints.filter((text) => !expected.some((start) => text.startsWith(start)));
    assert.deepEqual(outside, []);

    const onNode = await temporaryFolder(t);
    const same = ['--sut', 'litert', '--scenario', 'SingleStream', '--mode', 'AccuracyOnly', '--output', onNode];
    const { exitCode, stderr } = await loadgen(['run', ...pairs, ...same]);
    assert.equal(exitCode, 0, stderr);
    const cosine = leastCosineOf(answersIn(join(output, name)), answersIn(onNode));
    assert.ok(cosine > 0.99999, `${cosine}`);
    const table = await loadgen(['results', output]);
    assert.equal(table.exitCode, 0, table.stderr);
    assert.match(table.stdout, /litert, fp32/);
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

  test('an engine that gives no sign for three minutes has failed', needsChromium, async (t) => {
    const { address } = await serveSixPairs(t);
    const { context } = await openBrowser({ width: WIDTH });
    const page = await open(context, address);
    await page.clock.install();
    const headers = { 'Content-Type': 'text/javascript', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    await page.route('**/worker.js', (route) => route.fulfill({ headers, body: SILENT_WORKER }));
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Starting the engine').waitFor();
    await page.clock.runFor(170_000);
    await page.evaluate(`new BroadcastChannel('report').postMessage('model')`);
    await page.getByText('Making the model').waitFor();
    await page.clock.runFor(170_000);
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.clock.runFor(10_000);
    assert.match((await page.getByRole('alert').textContent()) ?? '', /no sign of it for 3 minutes\. Measure it again/);
    await page.getByRole('button', { name: 'Start' }).waitFor();
  });

  const needsBoth = { skip: needsChromium.skip || needsFirefox.skip };
  test('Chromium and Firefox measure at once, in the network, by https', needsBoth, async (t) => {
    const cache = await temporaryFolder(t);
    const served = await serveSixPairs(t, ['--host', '0.0.0.0'], { SPHEREFACE_LOADGEN_CACHE: cache });
    const { output, running, address } = served;
    assert.match(address, /^https:\/\/[\w.]+:\d+\/[\w-]{16}\/$/);
    await running.printed('SHA-256 fingerprint:');
    const measured = await Promise.all([measureInChromium(address, 'Phone C'), measureInFirefox(address, 'Phone F')]);
    for (const text of measured) assert.match(text, /\d (ms|s|us).*\d of 6/);
    for (const name of ['Phone C', 'Phone F']) {
      await running.printed(`${name} measures ${FIRST_ENGINE}, SingleStream.`);
      await running.printed(`${name}, ${FIRST_ENGINE}: SingleStream accuracy`);
    }
    const folders = readdirSync(output).map((name) => name.replace(/^[\dT-]+-phone/, 'phone'));
    assert.deepEqual(folders.toSorted(), [`phone-c-${FIRST_ENGINE}`, `phone-f-${FIRST_ENGINE}`]);
    const [first = '', second = ''] = readdirSync(output).map((name) => join(output, name));
    const runs = [first, second].map((folder) => readFileSync(join(folder, 'run.json'), 'utf8')).join();
    assert.match(runs, /"browser": "Chrome \d+"/);
    assert.match(runs, /"browser": "Firefox \d+"/);
    const { exitCode, stderr } = await loadgen(['compare', first, second]);
    assert.equal(exitCode, 0, stderr);
  });

  test('a port that is taken and an address of another machine are named, with what to do', async (t) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    t.after(() => taken.close());
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { exitCode, stderr } = await loadgen(['serve', '--port', port]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /SERVE_LISTEN: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
    assert.match(stderr, /choose another --port/);
    const cache = await temporaryFolder(t);
    const env = { SPHEREFACE_LOADGEN_CACHE: cache };
    const elsewhere = await loadgen(['serve', '--port', '0', '--host', '203.0.113.1'], { env });
    assert.deepEqual(readdirSync(cache), []);
    assert.equal(elsewhere.exitCode, 2);
    assert.match(elsewhere.stderr, /SERVE_LISTEN: cannot listen on 203\.0\.113\.1:0/);
    assert.match(elsewhere.stderr, /0\.0\.0\.0 for all/);
  });

  const faults: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--host', 'a laptop'], /--host must be an address or name of this machine/],
    [['--host', 'größe.local'], /--host must be an address or name of this machine/],
    [['--host', 'fe80::1%eth0/'], /--host must be an address or name of this machine/],
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

/** Reports once, and again when it is told to. */
const SILENT_WORKER = `const channel = new BroadcastChannel('report');
onmessage = ({ ports: [, reports] }) => {
  const report = (preparation) => reports.postMessage({ kind: 'preparation', preparation });
  channel.onmessage = ({ data }) => report(data);
  report('engine');
};`;

/** Measures by the rules of the short settings, and resolves with the row of the results. */
async function measureInChromium(address: string, name: string): Promise<string> {
  const { context } = await openBrowser({ width: WIDTH, ignoresCertificate: true });
  const page = await open(context, address);
  assert.equal(await page.evaluate('crossOriginIsolated'), true);
  await page.getByText('By the benchmark').click();
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Name of this device').fill(name);
  await page.getByRole('button', { name: 'Start' }).click();
  const row = page.getByRole('row').filter({ hasText: `${name}: ${FIRST_ENGINE}` });
  await row.waitFor({ timeout: 180_000 });
  return (await row.textContent()) ?? '';
}

async function measureInFirefox(address: string, name: string): Promise<string> {
  const page = await openInFirefox(address, WIDTH);
  await page.waitForSelector('button.start');
  assert.equal(await page.evaluate('crossOriginIsolated'), true);
  await page.click('input[value=full]');
  await page.click('#choices > details > summary');
  await page.click('#device-name', { count: 3 });
  await page.keyboard.type(name);
  await page.click('button.start');
  const row = await page.waitForSelector('tr.own', { timeout: 180_000 });
  return (await row?.evaluate((element) => element.textContent)) ?? '';
}

const answersSchema = z.array(z.object({ qsl_idx: z.number(), data: z.string() }));

/** The embeddings in a run's accuracy log, by sample. */
function answersIn(runFolder: string): Float32Array {
  const text = readFileSync(join(runFolder, 'SingleStream/accuracy/mlperf_log_accuracy.json'), 'utf8');
  const answers = answersSchema.parse(JSON.parse(text)).toSorted((a, b) => a.qsl_idx - b.qsl_idx);
  const bytes = Buffer.concat(answers.map(({ data }) => Buffer.from(data, 'hex')));
  return new Float32Array(new Uint8Array(bytes).buffer);
}
