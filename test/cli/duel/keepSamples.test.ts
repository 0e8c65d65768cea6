import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keepSamples } from '../../../cli/duel/keepSamples.js';
import type { QuerySampleLibrary } from '../../../platform/node/index.js';

const ROOM = 4;
const TOTAL = 9;

/** One that has no more room than it says, and counts what it loads. */
function strictLibrary() {
  const loaded = new Set<number>();
  const counts = { loads: 0 };
  const library: QuerySampleLibrary = {
    ...{ name: 'strict', totalSampleCount: TOTAL, performanceSampleCount: ROOM },
    loadSamplesToRam(samples) {
      for (const sample of samples) {
        if (!loaded.has(sample)) counts.loads++;
        loaded.add(sample);
      }
      assert.ok(loaded.size <= ROOM, `${loaded.size} samples in memory`);
    },
    unloadSamplesFromRam(samples) {
      for (const sample of samples) assert.ok(loaded.delete(sample), `${sample} was not in memory`);
    },
  };
  return { library, loaded, counts };
}

const sets = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: TOTAL - 1 }), { maxLength: ROOM }), { maxLength: 8 });

test('samples that are asked for are in memory, and never more than there is room for', async () => {
  await fc.assert(
    fc.asyncProperty(sets, async (tests) => {
      const { library, loaded } = strictLibrary();
      const kept = keepSamples(library);
      for (const samples of tests) {
        await kept.loadSamplesToRam(samples);
        for (const sample of samples) assert.ok(loaded.has(sample));
        await kept.unloadSamplesFromRam(samples);
      }
    }),
  );
});

test('samples that fit beside those of the tests before are loaded once', async () => {
  const { library, counts } = strictLibrary();
  const kept = keepSamples(library);
  for (const samples of [[0, 1], [0, 1, 2, 3], [2], [0, 1, 2, 3]]) {
    await kept.loadSamplesToRam(samples);
    await kept.unloadSamplesFromRam(samples);
  }
  assert.equal(counts.loads, 4);
});
