import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  defaultLogSettings,
  defaultTestSettings,
  type SystemUnderTest,
  startTest,
  TEST_SCENARIOS,
} from '../../platform/node/index.js';
import { memoryLogs } from '../memoryLogs.js';

for (const scenario of TEST_SCENARIOS) {
  for (const mode of ['SubmissionRun', 'AccuracyOnly', 'PerformanceOnly'] as const) {
    test(`${scenario} in ${mode} asks only for loaded samples, flushes last, and unloads what it loaded`, async () => {
      const events: string[] = [];
      let loaded = new Set<number>();
      const asked = new Set<number>();
      const ids = new Set<number>();
      const library = {
        name: 'library',
        totalSampleCount: 25,
        performanceSampleCount: 10,
        loadSamplesToRam: async (samples: readonly number[]) => {
          await Promise.resolve();
          assert.equal(loaded.size, 0);
          loaded = new Set(samples);
          events.push('load');
        },
        unloadSamplesFromRam: (samples: readonly number[]) => {
          assert.deepEqual(new Set(samples), loaded);
          loaded.clear();
          events.push('unload');
        },
      };
      const sut: SystemUnderTest = {
        name: 'checks its caller',
        issueQuery: (samples, responder) => {
          if (events.at(-1) !== 'issue') events.push('issue');
          for (const { id, index } of samples) {
            assert.ok(loaded.has(index), `sample ${index} is not loaded`);
            assert.ok(!ids.has(id), `id ${id} was used before`);
            ids.add(id);
            asked.add(index);
          }
          setImmediate(() =>
            responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(1) }))),
          );
        },
        flushQueries: () => {
          events.push('flush');
        },
      };
      const settings = {
        ...defaultTestSettings(),
        scenario,
        mode,
        minDurationMs: 0,
        minQueryCount: 64,
        serverTargetQps: 1e4,
      };
      const logs = memoryLogs();
      const result = await startTest(sut, library, settings, defaultLogSettings(), { openLogs: logs.open });
      assert.equal(result.state, 'completed');
      const series = { AccuracyOnly: 3, PerformanceOnly: 1, SubmissionRun: 4 }[mode];
      assert.deepEqual(events, Array.from({ length: series }, () => ['load', 'issue', 'flush', 'unload']).flat());
      if (mode !== 'PerformanceOnly') assert.equal(asked.size, 25);
      const logged = JSON.parse(logs.texts().accuracy).map(({ qsl_idx }: { qsl_idx: number }) => qsl_idx);
      assert.equal(new Set(logged).size, mode === 'PerformanceOnly' ? 0 : 25);
    });
  }
}

test('runs in one process do not know of each other', async () => {
  const run = async () => {
    const logs = memoryLogs();
    const indices: number[] = [];
    await startTest(
      {
        name: 'sut',
        issueQuery: (samples, responder) => {
          indices.push(...samples.map(({ index }) => index));
          responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array([1]) })));
        },
        flushQueries: () => {},
      },
      {
        name: 'library',
        totalSampleCount: 9,
        performanceSampleCount: 9,
        loadSamplesToRam: () => {},
        unloadSamplesFromRam: () => {},
      },
      { ...defaultTestSettings(), mode: 'SubmissionRun', minDurationMs: 0 },
      defaultLogSettings(),
      { openLogs: logs.open },
    );
    return { indices, accuracy: logs.texts().accuracy };
  };
  const [first, second] = await Promise.all([run(), run()]);
  assert.deepEqual(first, second);
  assert.deepEqual(await run(), first);
});
