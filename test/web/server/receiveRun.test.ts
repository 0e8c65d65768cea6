import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readRun } from '../../../reports/figures/measureRun.js';
import { openCertificate } from '../../../web/server/certificate.js';
import { openDeviceRuns } from '../../../web/server/deviceRuns.js';
import { type PageServer, startPageServer } from '../../../web/server/pageServer.js';
import { MAX_UPLOAD_BYTES, type Upload } from '../../../web/shared/upload.js';
import { newFolder } from '../../reports/figures/runFolders.js';
import { deviceRun, keeperFor } from '../deviceRun.js';

const TOKEN = 'the-token';
const HTML = '<img src=x onerror="alert(1)"><script>alert(1)</script>';

const place = newFolder();
const output = join(place, 'runs');
mkdirSync(output);
const good = await deviceRun();
const [accuracy, performance] = good.tests;
assert.ok(accuracy !== undefined && performance !== undefined);

/** All goes by https, as on a network. */
const { pem } = await openCertificate(newFolder(), ['127.0.0.1']);
let server: PageServer;
const failures: unknown[] = [];
before(async () => {
  const runs = await openDeviceRuns(keeperFor(output));
  server = await startPageServer({
    site: { files: new Map() },
    token: TOKEN,
    host: '127.0.0.1',
    port: 0,
    names: [],
    pem,
    results: () => runs.results,
    onNotice: async (body) => runs.read(body),
    onRun: (body) => runs.take(body),
    onFailure: (thrown) => failures.push(thrown),
  });
});
after(() => server.close());

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** @param declaredBytes what the request says that it has */
function post(path: string, body: string | Buffer, declaredBytes?: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': declaredBytes ?? Buffer.byteLength(body) };
    const place = { host: '127.0.0.1', port: server.port, ca: pem };
    const sent = request({ ...place, path, method: 'POST', headers }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.write(body);
    if (declaredBytes === undefined) sent.end();
  });
}

const sendRun = (upload: object, token = TOKEN) => post(`/${token}/runs`, JSON.stringify(upload));

/** Everything below the place, by path. */
function everything(): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
}

test('a run is kept in a folder of its own, judged, and read like any other', async () => {
  const { status, text } = await sendRun(good);
  assert.equal(status, 200, text);
  const [name = '', ...others] = readdirSync(output);
  assert.match(name, /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-pixel-8-tfjs-tflite$/);
  assert.deepEqual(others, []);
  const folder = join(output, name);
  assert.deepEqual(
    everything()
      .filter((path) => path.includes('accuracy/'))
      .map((path) => path.split('accuracy/')[1]),
    [
      'accuracy.txt',
      'judging.json',
      'mlperf_log_accuracy.json',
      'mlperf_log_detail.txt',
      'mlperf_log_summary.txt',
      'pairs.json',
    ],
  );
  const { run, tests } = await readRun(folder);
  assert.deepEqual(run.missing, undefined);
  assert.deepEqual(
    tests.map(({ test: { kind, validity }, accuracy }) => [kind, validity, accuracy?.correctCount]),
    [
      ['accuracy', null, 4],
      ['performance', 'VALID', undefined],
    ],
  );
  const facts: unknown = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  assert.deepEqual(Reflect.get(Object(facts), 'system'), {
    processor: 'Pixel 8',
    logicalProcessors: 9,
    platform: 'Android 14',
    browser: 'Chrome 139',
    page: 'isolated',
    loadgenPackageVersion: '1.2.3',
  });
  assert.equal(readFileSync(join(folder, 'SingleStream/accuracy/mlperf_log_detail.txt'), 'utf8'), accuracy.detail);
});

test('what was measured before is told to who opens the page, also after a restart', async () => {
  const { results } = await openDeviceRuns(keeperFor(output));
  assert.deepEqual(
    results.map(({ device, browser, engine, tests }) => [device, browser, engine, tests.length]),
    [['Pixel 8', 'Chrome 139', 'tfjs-tflite', 2]],
  );
});

test('devices that send at once get a folder each', async () => {
  const device = { ...good.device, name: 'Twin' };
  const answers = await Promise.all([1, 2, 3].map(() => sendRun({ ...good, device })));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  );
  const twins = readdirSync(output).filter((name) => name.includes('-twin-'));
  assert.equal(twins.length, 3);
  for (const name of twins) assert.equal((await readRun(join(output, name))).tests.length, 2);
});

const withTest = (change: Partial<Record<keyof Upload['tests'][number], unknown>>) => ({
  ...good,
  tests: [accuracy, { ...performance, ...change }],
});
const withDetail = (from: string, to: string) => withTest({ detail: performance.detail.replace(from, to) });
const half = (text: string) => text.slice(0, text.length / 2);

/** What is sent, where to, and what is said of it. */
const HOSTILE: readonly [what: string, send: () => Promise<Answer>, status: number, error: RegExp][] = [
  ['without a token', () => post('/runs', JSON.stringify(good)), 404, /nothing here/],
  ['with another token', () => sendRun(good, 'another-one'), 404, /nothing here/],
  ['to another path', () => post(`/${TOKEN}/runs/../../x`, JSON.stringify(good)), 404, /nothing here/],
  ['to a path in percent signs', () => post(`/${TOKEN}/%2e%2e%2fruns`, JSON.stringify(good)), 404, /nothing here/],
  ['that says it is huge', () => post(`/${TOKEN}/runs`, '{', MAX_UPLOAD_BYTES + 1), 400, /more than \d+ bytes/],
  ['that is no JSON', () => post(`/${TOKEN}/runs`, '<html>'), 400, /not JSON/],
  ['that is cut in the middle', () => post(`/${TOKEN}/runs`, half(JSON.stringify(good))), 400, /not JSON/],
  ['of bytes that are no text', () => post(`/${TOKEN}/runs`, Buffer.from([0xff, 0xfe, 0x00])), 400, /not JSON/],
  ['nested a thousand deep', () => post(`/${TOKEN}/runs`, '['.repeat(1000)), 400, /more than 8 deep/],
  ['that is empty', () => sendRun({}), 400, /not a run: runId/],
  ['with a field too many', () => sendRun({ ...good, folder: '/etc' }), 400, /Unrecognized key/],
  [
    'with a prototype',
    () => post(`/${TOKEN}/runs`, `{"__proto__": {"a": 1}, ${JSON.stringify(good).slice(1)}`),
    400,
    /Unrecognized key/,
  ],
  ['with a path for an id', () => sendRun({ ...good, runId: '../../../etc/passwd' }), 400, /runId/],
  ['with a path for a scenario', () => sendRun(withTest({ scenario: '../../outside' })), 400, /scenario/],
  ['with a path for a mode', () => sendRun(withTest({ mode: '../..' })), 400, /mode/],
  [
    'with a name of 5,000 letters',
    () => sendRun({ ...good, device: { ...good.device, name: 'a'.repeat(5000) } }),
    400,
    /device\.name/,
  ],
  ['of an engine that nobody was given', () => sendRun({ ...good, engine: '../tfjs-tflite' }), 400, /sut_engine/],
  [
    'with a hundred tests',
    () => sendRun({ ...good, tests: Array.from({ length: 100 }, () => performance) }),
    400,
    /tests/,
  ],
  ['with one test twice', () => sendRun({ ...good, tests: [performance, performance] }), 400, /two tests/],
  [
    'with the log of another scenario',
    () => sendRun(withTest({ scenario: 'Offline' })),
    400,
    /log of SingleStream PerformanceOnly/,
  ],
  ['of another run', () => sendRun(withDetail(good.runId, '00000000-0000-4000-8000-000000000000')), 400, /run_id/],
  ['of other faces', () => sendRun(withDetail('a'.repeat(64), 'c'.repeat(64))), 400, /dataset_sha256/],
  ['of other weights', () => sendRun(withDetail('b'.repeat(64), 'c'.repeat(64))), 400, /sut_weights_sha256/],
  ['with a detail log that is cut', () => sendRun(withTest({ detail: half(performance.detail) })), 400, /detail/],
  ['with HTML for a detail log', () => sendRun(withTest({ detail: HTML })), 400, /detail/],
  [
    'with another latency than the log says',
    () => sendRun(withTest({ latencies: Buffer.alloc(800, 1).toString('base64') })),
    400,
    /latenc/,
  ],
  ['with latencies that are no base64', () => sendRun(withTest({ latencies: HTML })), 400, /latencies/],
  ['with too few latencies', () => sendRun(withTest({ latencies: 'AAAAAAAAAAA=' })), 400, /latenc/],
  ['with a line of two megabytes', () => sendRun(withTest({ summary: 'a'.repeat(2 << 20) })), 400, /line longer/],
  [
    'with answers of other samples',
    () =>
      sendRun({
        ...good,
        tests: [
          { ...accuracy, accuracy: accuracy.accuracy.replaceAll('"qsl_idx" : 3', '"qsl_idx" : 77') },
          performance,
        ],
      }),
    400,
    /77/,
  ],
];

for (const [what, send, status, error] of HOSTILE) {
  test(`a run ${what} is refused, and nothing of it is left`, async () => {
    const earlier = everything();
    const answer = await send();
    assert.deepEqual([answer.status, error.test(answer.text)], [status, true], answer.text);
    assert.deepEqual(everything(), earlier);
    assert.deepEqual(failures, []);
    assert.ok(!answer.text.includes(place), answer.text);
  });
}

test('HTML in every text is kept as the text it is, and names no folder', async () => {
  const device = { ...good.device, name: HTML, browser: HTML, platform: HTML, adapter: HTML };
  const { status, text } = await sendRun({ ...good, device });
  assert.equal(status, 200, text);
  const names = readdirSync(output).filter((name) => name.includes('img'));
  assert.deepEqual(
    names.map((name) => name.replace(/^[\dT-]+/, '')),
    ['img-src-x-onerror-alert-1-script-alert-1-tfjs-tflite'],
  );
});
