import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TEST_SCENARIOS } from '../../../loadgen/index.js';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { readLogValues } from '../../../platform/node/openLog.js';
import { expectedEntries } from '../../../submission/audits/expectedEntries.js';
import { runTest } from '../../loadgen/testRun.js';
import { writeLog } from '../../reports/temporaryFolder.js';

const seed = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

const run = fc.record({
  scenario: fc.constantFrom(...TEST_SCENARIOS),
  totalSampleCount: fc.integer({ min: 4, max: 60 }),
  latencyNs: fc.double({ min: 1e5, max: 3e6, noNaN: true }),
  minDurationMs: fc.integer({ min: 0, max: 300 }),
  minQueryCount: fc.integer({ min: 1, max: 300 }),
  sampleConcatenatePermutation: fc.boolean(),
  performanceIssueSame: fc.boolean(),
  accuracyLogSamplingTarget: fc.integer({ min: 1, max: 400 }),
  qslRngSeed: seed,
  sampleIndexRngSeed: seed,
  scheduleRngSeed: seed,
  accuracyLogRngSeed: seed,
});

test('a detail log, whose rates are rounded, gives what a run asked for and logged', async () => {
  await fc.assert(
    fc.asyncProperty(run, async ({ totalSampleCount, latencyNs, ...asked }) => {
      const settings = {
        ...asked,
        singleStreamExpectedLatencyNs: latencyNs,
        multiStreamExpectedLatencyNs: latencyNs,
        serverTargetQps: 1e9 / latencyNs,
        offlineExpectedQps: 1e9 / latencyNs,
        performanceIssueSameIndex: 3,
      };
      const issued: number[] = [];
      const { logs } = await runTest({
        settings,
        totalSampleCount,
        issueQuery: (samples, responder, clock) => {
          issued.push(...samples.map(({ index }) => index));
          clock.advanceBy(latencyNs);
          responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(1) })));
        },
      });
      const { logDir } = writeLog(DETAIL_LOG_NAME, logs.detail);
      const { sampleIndices, isRequired, isAllowed } = await expectedEntries(await readLogValues(logDir), 100_000);
      assert.deepEqual([...sampleIndices], issued);
      const logged = sequenceIdsOf(logs.accuracy);
      for (const sequenceId of sampleIndices.keys()) {
        if (isRequired(sequenceId)) assert.ok(logged.has(sequenceId), `${sequenceId} is logged`);
        if (!isAllowed(sequenceId)) assert.ok(!logged.has(sequenceId), `${sequenceId} is not logged`);
      }
    }),
    { numRuns: 150 },
  );
});

function sequenceIdsOf(accuracyLog: string): Set<number> {
  return new Set(Array.from(accuracyLog.matchAll(/"seq_id" : (\d+)/g), ([, digits]) => Number(digits)));
}
