import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { noisePairs } from '../../../cli/tune/measure.js';
import { type TuneOptions, tuneScenario } from '../../../cli/tune/tuneScenario.js';
import { SPHEREFACE20_NETWORK } from '../../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../../sut/placement.js';
import { temporaryFile } from '../loadgen.js';
import { plainSystem } from '../plainSystem.js';

/** Has one thread, whatever it is asked for, and takes a fifth of a millisecond for an image. */
const ENGINE = `export default {
  interfaceVersion: 1, kind: 'engine', name: 'quick', formats: ['safetensors'], precisions: ['fp32'],
  checkUsable: async () => {},
  createEngine: async (model, { precision }) => ({
    name: 'quick', version: '1', precision, threads: 1, instructionSet: 'JavaScript',
    infer(inputs, outputs) {
      const endMs = performance.now() + (0.2 * outputs.length) / model.network.embeddingValues;
      while (performance.now() < endMs);
      outputs.fill(1);
    },
    close() {},
  }),
};`;

const options: Omit<TuneOptions, 'system' | 'scenario' | 'candidates'> = {
  inputs: noisePairs(SPHEREFACE20_NETWORK.shape),
  seconds: { first: 0.01, finals: 0.01 },
  signal: new AbortController().signal,
  onProgress: () => {},
};

async function quickSystem(t: TestContext) {
  return plainSystem(await temporaryFile(t, 'quick.mjs', ENGINE));
}

for (const scenario of ['SingleStream', 'Offline'] as const) {
  test(`${scenario}: the chosen one comes first; what the engine does not follow is left out`, async (t) => {
    const candidates = [IN_THREAD, { ...IN_THREAD, batch: 1 }, { ...IN_THREAD, threads: 2 }];
    const measurements = await tuneScenario({ ...options, system: await quickSystem(t), scenario, candidates });
    assert.deepEqual(new Set(measurements.map(({ placement }) => placement)), new Set(candidates.slice(0, 2)));
    assert.ok(measurements.every(({ pairNs }) => pairNs > 0));
    const [chosen, other] = measurements.map(({ ratio }) => ratio);
    assert.equal(chosen, null);
    assert.ok(other != null && other.interval[1] >= 1, `the chosen one is shown to be slower: ${other?.interval}`);
  });
}

test('an abort ends it', async (t) => {
  const reason = new Error('enough');
  const aborted = tuneScenario({
    ...options,
    system: await quickSystem(t),
    scenario: 'Offline',
    candidates: [IN_THREAD],
    signal: AbortSignal.abort(reason),
  });
  await assert.rejects(aborted, reason);
});
