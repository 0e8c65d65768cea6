import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { LATENCY_LOG_NAME, MAX_LATENCY_NS, readLatencyLog } from '../../../logs/latencies/read.js';
import { readTraceTimes, TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { defaultLogSettings, defaultTestSettings, startTest, type TestMode } from '../../../platform/node/index.js';
import { writeLatencyLog } from '../../../platform/node/logFiles.js';
import { openLog } from '../../../platform/node/openLog.js';

const folder = mkdtempSync(join(tmpdir(), 'latency-log-'));
after(() => rmSync(folder, { recursive: true }));

function run(outdir: string, mode: TestMode) {
  return startTest(
    {
      name: 'sut',
      issueQuery: (samples, responder) =>
        responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(0) }))),
      flushQueries: () => {},
    },
    {
      name: 'library',
      totalSampleCount: 3,
      performanceSampleCount: 3,
      loadSamplesToRam: () => {},
      unloadSamplesFromRam: () => {},
    },
    { ...defaultTestSettings(), mode, minDurationMs: 0, minQueryCount: 200 },
    { ...defaultLogSettings(), outdir },
  );
}

test('what is written is read again, over more than one block', async () => {
  const file = join(folder, 'long.bin');
  const latenciesNs = Float64Array.from({ length: 300_001 }, (_, sample) => sample * 1e6 + 1);
  writeLatencyLog(file, latenciesNs);
  assert.deepEqual(await readLatencyLog(await openLog(file), latenciesNs.length), latenciesNs);
});

test('a file has 8 bytes a sample, little-endian', async () => {
  const file = join(folder, 'known.bin');
  writeFileSync(file, Buffer.from('000000000000f03f0000000000000840', 'hex'));
  assert.deepEqual(await readLatencyLog(await openLog(file), 2), Float64Array.of(1, 3));
});

test('any other bytes are latencies, or refused with their place', async () => {
  const file = join(folder, 'any.bin');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.double(), fc.nat()), { minLength: 1, maxLength: 20 }), async (values) => {
      writeLatencyLog(file, Float64Array.from(values));
      const wrong = values.findIndex((ns) => !(ns >= 0 && ns <= MAX_LATENCY_NS));
      const read = readLatencyLog(await openLog(file), values.length);
      if (wrong === -1) assert.deepEqual([...(await read)], values);
      else await assert.rejects(read, { code: 'REPORT_LATENCY_LOG', message: new RegExp(`as latency ${wrong},`) });
    }),
    { numRuns: 50 },
  );
});

test('a run leaves the latencies that its trace has', async () => {
  const outdir = join(folder, 'run');
  await run(outdir, 'PerformanceOnly');
  const latenciesNs = await readLatencyLog(await openLog(join(outdir, LATENCY_LOG_NAME)), 200);
  const trace = await openLog(join(outdir, TRACE_LOG_NAME));
  assert.deepEqual((await readTraceTimes(trace, 200)).latenciesNs, latenciesNs);
});

test('an accuracy run leaves none', async () => {
  const outdir = join(folder, 'accuracy');
  await run(outdir, 'AccuracyOnly');
  assert.equal(existsSync(join(outdir, LATENCY_LOG_NAME)), false);
});
