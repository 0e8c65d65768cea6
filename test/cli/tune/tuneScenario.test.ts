import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noisePairs } from '../../../cli/tune/measure.js';
import { type TuneOptions, tuneScenario } from '../../../cli/tune/tuneScenario.js';
import { SPHEREFACE20_NETWORK } from '../../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../../sut/placement.js';
import { plainSystem } from '../plainSystem.js';

const options: Omit<TuneOptions, 'scenario' | 'candidates'> = {
  system: plainSystem('tfjs-wasm'),
  inputs: noisePairs(SPHEREFACE20_NETWORK.shape),
  seconds: { first: 0.01, finals: 0.01 },
  signal: new AbortController().signal,
  onProgress: () => {},
};

for (const scenario of ['SingleStream', 'Offline'] as const) {
  test(`${scenario}: the chosen one comes first; what the engine does not follow is left out`, async () => {
    const candidates = [IN_THREAD, { ...IN_THREAD, batch: 1 }, { ...IN_THREAD, threads: 2 }];
    const measurements = await tuneScenario({ ...options, scenario, candidates });
    assert.deepEqual(new Set(measurements.map(({ placement }) => placement)), new Set(candidates.slice(0, 2)));
    assert.ok(measurements.every(({ pairNs }) => pairNs > 0));
    const [chosen, other] = measurements.map(({ ratio }) => ratio);
    assert.equal(chosen, null);
    assert.ok(other != null && other.interval[1] >= 1, `the chosen one is shown to be slower: ${other?.interval}`);
  });
}

test('an abort ends it', async () => {
  const reason = new Error('enough');
  const aborted = tuneScenario({
    ...options,
    scenario: 'Offline',
    candidates: [IN_THREAD],
    signal: AbortSignal.abort(reason),
  });
  await assert.rejects(aborted, reason);
});
