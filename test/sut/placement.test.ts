import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPlacement, IN_THREAD, imagesPerTaskOf } from '../../sut/placement.js';

const CORES = 8;

for (const placement of [{}, { workers: 8 }, { threads: 8 }, { workers: 4, threads: 2 }, { batch: 1 }]) {
  test(`accepts ${JSON.stringify(placement)} on ${CORES} cores`, () => {
    checkPlacement({ ...IN_THREAD, ...placement }, CORES);
  });
}

for (const [placement, message] of [
  [{ workers: -1 }, '-1 workers, expected a whole number'],
  [{ workers: 1.5 }, '1.5 workers, expected a whole number'],
  [{ workers: Number.NaN }, 'NaN workers, expected a whole number'],
  [{ threads: 0, batch: 3 }, '0 threads, expected a whole number above 0; batch 3, expected 1, 2 or 4'],
  [{ threads: 9 }, '9 threads on a machine of 8 cores, expected at most one thread a core'],
  [{ workers: 5, threads: 2 }, '2 threads in 5 workers on a machine of 8 cores, expected at most one thread a core'],
] as const) {
  test(`refuses ${JSON.stringify(placement)}`, () => {
    assert.throws(() => checkPlacement({ ...IN_THREAD, ...placement }, CORES), { code: 'SUT_PLACEMENT', message });
  });
}

for (const [workers, spreadPairs, images] of [
  [4, false, 4],
  [1, true, 4],
  [2, true, 2],
  [3, true, 2],
  [4, true, 1],
  [9, true, 1],
] as const) {
  test(`${workers} workers ${spreadPairs ? 'that share pairs' : ''} take ${images} images at a time`, () => {
    assert.equal(imagesPerTaskOf({ ...IN_THREAD, workers, spreadPairs }), images);
  });
}
