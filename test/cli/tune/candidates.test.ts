import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  offlineCandidates,
  remoteOfflineCandidates,
  remoteSingleStreamCandidates,
  singleStreamCandidates,
} from '../../../cli/tune/candidates.js';
import { checkPlacement } from '../../../sut/placement.js';
import { checkRemotePlacement } from '../../../sut/remote/remotePlacement.js';

for (const cores of [1, 2, 3, 4, 6, 16, 96]) {
  test(`on ${cores} cores every candidate may be run, and none is there twice`, () => {
    for (const candidates of [singleStreamCandidates(cores), offlineCandidates(cores)]) {
      for (const placement of candidates) checkPlacement(placement, cores);
      assert.equal(new Set(candidates.map((placement) => JSON.stringify(placement))).size, candidates.length);
    }
  });

  test(`on ${cores} cores Offline tries one thread for each core, and all threads for one inference`, () => {
    const tried = offlineCandidates(cores).map(({ workers, threads }) => `${workers} x ${threads}`);
    assert.ok(tried.includes(`${cores} x 1`) && tried.includes(`1 x ${cores}`));
  });
}

test('SingleStream tries the issuing thread and workers that share a pair', () => {
  const tried = new Set(singleStreamCandidates(4).map(({ workers, threads }) => `${workers} x ${threads}`));
  assert.deepEqual([...tried], ['0 x 1', '0 x 2', '0 x 4', '2 x 1', '2 x 2', '4 x 1']);
});

test('of a server, one request at a time is tried, and many; each may be made, and none is there twice', () => {
  for (const candidates of [remoteSingleStreamCandidates(), remoteOfflineCandidates()]) {
    for (const placement of candidates) checkRemotePlacement(placement);
    assert.equal(new Set(candidates.map((placement) => JSON.stringify(placement))).size, candidates.length);
    assert.ok(candidates.some(({ workers }) => workers === 1));
  }
});
