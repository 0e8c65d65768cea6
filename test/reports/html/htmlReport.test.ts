import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { htmlReport } from '../../../reports/html/htmlReport.js';
import { readReportData } from '../../../reports/html/reportData.js';
import { accuracyLogText } from '../accuracy/responses.js';
import { newFolder, singleStream, writeTest } from '../figures/runFolders.js';
import { detailLine } from '../goldenRun.js';
import { writeRun } from './reportRuns.js';

async function pageOf(folders: readonly string[]): Promise<string> {
  return htmlReport(await readReportData(folders), [{ missing: 'No faces here.' }]);
}

test('the same runs give the same bytes, wherever they lie and whenever they were copied', async () => {
  const run = writeRun({ seed: 1, queryCount: 300, meanNs: 1e6 });
  const copy = join(newFolder(), basename(run));
  cpSync(run, copy, { recursive: true });
  const page = await pageOf([run]);
  assert.equal(await pageOf([copy]), page);
  assert.ok(!page.includes(join(run, '..')), 'a path is in the page');
});

test('ten runs of 10,000 queries come to less than a megabyte', async () => {
  const runs = Array.from({ length: 10 }, (_, seed) =>
    writeRun({ seed, queryCount: 10_000, meanNs: 1e6 * (1 + seed / 10) }),
  );
  const page = await pageOf(runs);
  assert.ok(Buffer.byteLength(page) < 1e6, `${Buffer.byteLength(page)} bytes`);
  for (const run of runs) assert.ok(page.includes(basename(run)));
});

test('a page has no script, and nothing that is fetched', async () => {
  const page = await pageOf([writeRun({ seed: 1, queryCount: 300, meanNs: 1e6 })]);
  assert.match(
    page,
    /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:/,
  );
  assert.doesNotMatch(page, /<script|<link|<iframe|<object|@import|url\(|https?:|\son\w+=/i);
});

test('what logs and pair lists hold stands in the page as text', async () => {
  const hostile = '<img src=x onerror=alert(1)>"\'</title></style></svg>';
  const values = {
    sut_name: JSON.stringify(hostile),
    sut_engine: JSON.stringify(hostile),
    result_validity: '"INVALID"',
    result_invalid_reason: JSON.stringify(hostile),
  };
  const run = writeRun({ seed: 1, queryCount: 100, meanNs: 1e6, values, personName: hostile });
  const page = await pageOf([run, run]);
  assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt;'));
  assert.doesNotMatch(page, /<img/);
  assert.equal(page.split('</title>').length, page.split('<title').length);
});

test('the summary says which figures of a run differ, and that one run cannot tell which system is faster', async () => {
  const runs = [1e6, 0.5e6].map((meanNs, seed) => writeRun({ seed, queryCount: 2000, meanNs }));
  const page = await pageOf(runs);
  assert.match(
    page,
    /<dt>SingleStream<\/dt><dd>Run 2, run-\w+, differs from [^,]+, but one run cannot tell which system is faster, at p50 \([^)]+\), at p90 /,
  );
  assert.match(
    page,
    /<dt>Offline<\/dt><dd>Run 2, run-\w+, differs from [^,]+, but one run cannot tell which system is faster, in samples per second \(/,
  );
});

test('where garbage was collected is marked; without a trace the page says that nothing tells when', async () => {
  const run = writeRun({ seed: 1, queryCount: 300, meanNs: 1e6 });
  const withTrace = await pageOf([run]);
  assert.match(withTrace, /class="collection" d="M[\d.]+ \d+l2\.5 5h-5zM/);
  assert.match(withTrace, /Garbage was collected 2 times\./);
  rmSync(join(run, 'SingleStream', 'performance', 'run_1', TRACE_LOG_NAME));
  const without = await pageOf([run]);
  assert.doesNotMatch(without, /class="collection"/);
  assert.match(without, /Garbage was collected 2 times; the logs do not say when\./);
  assert.match(without, /queries, in the order of issue \(there is no trace to say when\)/);
});

test('a run without latencies has its figures, and the page says what it lacks', async () => {
  const page = await pageOf([writeTest(singleStream(Float64Array.of(1e6, 2e6)))]);
  assert.match(page, /<th scope="rowgroup" rowspan="1">p50<\/th><td>2\.000 ms<\/td>/);
  assert.match(page, /Not in the charts: run 1, run-\w+: it left no latencies\./);
  assert.doesNotMatch(page, /<svg/);
});

test('a response without an angle leaves out the curve, not the page', async () => {
  const run = writeRun({ seed: 1, queryCount: 100, meanNs: 1e6 });
  const responses = Array.from({ length: 40 }, () => Buffer.alloc(8192));
  writeFileSync(join(run, 'SingleStream', 'accuracy', 'mlperf_log_accuracy.json'), accuracyLogText(responses));
  const page = await pageOf([run]);
  assert.match(page, /No curve of run 1, run-\w+: a response gives no angle/);
  assert.match(page, /No response gives an angle, so no pair was decided\./);
});

for (const [what, change, reason] of [
  ['a shortened accuracy log', shortenAccuracyLog, 'its accuracy log is shortened for submission'],
  ['no pairs', (folder: string) => rmSync(join(folder, 'pairs.json')), 'its folder has no pairs.json'],
  [
    'no accuracy log and no judging.json',
    (folder: string) => ['mlperf_log_accuracy.json', 'judging.json'].map((name) => rmSync(join(folder, name))),
    'its folder has no mlperf_log_accuracy.json and no judging.json',
  ],
] as const) {
  test(`with ${what}, a page has the accuracy that accuracy.txt states, and says why curves are missing`, async () => {
    const run = writeRun({ seed: 1, queryCount: 100, meanNs: 1e6 });
    const folder = join(run, 'SingleStream', 'accuracy');
    writeFileSync(join(folder, 'accuracy.txt'), 'accuracy=92.500%, good=37, total=40\nthreshold=0.41\n');
    change(folder);
    const page = await pageOf([run]);
    assert.match(page, /<dt>Accuracy<\/dt><dd>It decides 92\.50 % of the pairs correctly/);
    assert.ok(page.includes(`, SingleStream: ${reason}. `), page.slice(page.indexOf('id="accuracy"')));
    assert.doesNotMatch(page, /accuracy-0/);
  });
}

test('a shortened accuracy log without accuracy.txt leaves out the accuracy, not the page', async () => {
  const run = writeRun({ seed: 1, queryCount: 100, meanNs: 1e6 });
  shortenAccuracyLog(join(run, 'SingleStream', 'accuracy'));
  const page = await pageOf([run]);
  assert.match(
    page,
    /<b>NO_ACCURACY<\/b> SingleStream: no accuracy: there is no accuracy\.txt, and the accuracy log is /,
  );
  assert.doesNotMatch(page, /id="accuracy"/);
});

test('an accuracy test that was aborted has no accuracy, and a warning', async () => {
  const run = writeRun({ seed: 1, queryCount: 100, meanNs: 1e6 });
  const folder = join(run, 'SingleStream', 'accuracy');
  appendFileSync(
    join(folder, DETAIL_LOG_NAME),
    `${detailLine('result_validity', '"INVALID"')}\n${detailLine('result_invalid_reason', '"it was aborted"')}\n`,
  );
  writeFileSync(join(folder, 'mlperf_log_accuracy.json'), accuracyLogText([]));
  const page = await pageOf([run]);
  assert.match(page, /<b>ABORTED<\/b> SingleStream: the accuracy test is aborted, without figures: it was aborted/);
  assert.doesNotMatch(page, /id="accuracy"/);
});

test('a trace of another run is refused', async () => {
  const [run, other] = [1, 2].map((seed) => writeRun({ seed, queryCount: 100, meanNs: 1e6 }));
  const trace = join('SingleStream', 'performance', 'run_1', TRACE_LOG_NAME);
  cpSync(join(other ?? '', trace), join(run ?? '', trace));
  await assert.rejects(readReportData([run ?? '']), { code: 'REPORT_TRACE_LOG', message: /found sample_seq 0 with / });
});

test('every heading is one level below the last at most, ids are there once, and links lead to them', async () => {
  const page = await pageOf([0, 1].map((seed) => writeRun({ seed, queryCount: 300, meanNs: 1e6 })));
  const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  assert.equal(levels[0], 1);
  for (const [index, level] of levels.slice(1).entries()) assert.ok(level <= (levels[index] ?? 0) + 1);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
  assert.deepEqual(ids, [...new Set(ids)]);
  const references = [...page.matchAll(/(?:href="#|aria-labelledby="|aria-describedby=")([^"]+)"/g)].flatMap(
    ([, names]) => names?.split(' ') ?? [],
  );
  assert.ok(references.length > 10);
  for (const name of references) assert.ok(ids.includes(name), name);
});

for (const [queryCount, told] of [
  [57, ['p50', 'p90', 'p97']],
  [100, ['p50', 'p90', 'p97', 'p99']],
  [1000, ['p50', 'p90', 'p97', 'p99', 'p99.9']],
] as const) {
  test(`of ${queryCount} queries the page tells ${told.join(', ')}`, async () => {
    const page = await pageOf([writeRun({ seed: 1, queryCount, meanNs: 1e6 })]);
    const shown = [...page.matchAll(/<th scope="rowgroup" rowspan="1">(p[\d.]+)<\/th>/g)].map(([, name]) => name);
    assert.deepEqual(shown, told);
  });

  test(`a histogram of ${queryCount} queries has as many bins as they can fill`, async () => {
    const page = await pageOf([writeRun({ seed: 1, queryCount, meanNs: 1e6 })]);
    const bins = Number(/<figcaption>(\d+) bins, /.exec(page)?.[1]);
    assert.ok(bins > 3 && bins <= Math.ceil(2 * Math.cbrt(queryCount)), `${bins}`);
  });
}

test('the same warning of several runs is said once', async () => {
  const runs = [1, 2, 3].map((seed) =>
    writeRun({ seed, queryCount: 300, meanNs: 1e6, values: { harness_cpu_other_share: `0.${seed}` } }),
  );
  const page = await pageOf([...runs, writeRun({ seed: 4, queryCount: 300, meanNs: 1e6 })]);
  const warnings = [
    ...page.matchAll(/<li><b>DISTURBED<\/b> ([^:]*): other processes used the processors <small>\((.*)\)/g),
  ];
  assert.deepEqual(
    warnings.map(([, scenarios, which]) => [scenarios, which?.match(/run \d/g)]),
    [['SingleStream, Offline', ['run 1', 'run 2', 'run 3']]],
  );
});

test('what a schedule sets has no chart', async () => {
  const latenciesNs = new Float64Array(300).fill(1e6);
  const server = writeTest(
    {
      ...singleStream(latenciesNs),
      effective_scenario: '"Server"',
      result_completed_samples_per_sec: '400',
    },
    latenciesNs,
  );
  const page = await pageOf([server]);
  assert.match(page, /samples per second<\/th>/);
  assert.doesNotMatch(page, />Throughput</);
});

function shortenAccuracyLog(folder: string): void {
  const log = join(folder, 'mlperf_log_accuracy.json');
  const whole = readFileSync(log, 'utf8');
  writeFileSync(log, `${whole.slice(0, 4096)}\n\n...\n\n${whole.slice(-4096)}`);
}
