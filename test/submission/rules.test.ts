/** The rules are data of their own, since reports know no engine and no LoadGen: here they are held against these. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '../../cli/benchmark/settings.js';
import { deriveEffectiveSettings, TEST_SCENARIOS } from '../../loadgen/index.js';
import {
  accuracyTarget,
  MIN_DURATION_MS,
  MODELS_WITH_RULES,
  rulesOf,
  SCENARIO_RULES,
  SEEDS,
} from '../../submission/rules.js';
import { loadModel } from '../../sut/loadModel.js';
import { NETWORKS } from '../../sut/networks/index.js';
import { MLPERF_CONF } from './virtualRun.js';

const NOTHING_TO_LOAD = { loadSamplesToRam: () => {}, unloadSamplesFromRam: () => {} };

for (const network of MODELS_WITH_RULES) {
  for (const scenario of TEST_SCENARIOS) {
    test(`the shipped settings keep the rules of ${network} in ${scenario}`, () => {
      const paths = { mlperfConf: MLPERF_CONF, userConf: undefined };
      const { settings } = readSettings(scenario, 'PerformanceOnly', network, paths);
      assert.deepEqual(SEEDS, {
        effective_qsl_rng_seed: String(settings.qslRngSeed),
        effective_sample_index_rng_seed: String(settings.sampleIndexRngSeed),
        effective_schedule_rng_seed: String(settings.scheduleRngSeed),
      });
      assert.equal(settings.minDurationMs, MIN_DURATION_MS);
      assert.ok(settings.minQueryCount >= SCENARIO_RULES[scenario].minQueryCount);
      const library = { name: 'faces', totalSampleCount: 600, performanceSampleCount: 600, ...NOTHING_TO_LOAD };
      const effective = deriveEffectiveSettings(settings, library);
      assert.equal(effective.targetLatencyPercentile, SCENARIO_RULES[scenario].targetLatencyPercentile);
      assert.ok(effective.samplesPerQuery >= SCENARIO_RULES[scenario].minSamplesPerQuery);
      if (scenario === 'Server') assert.equal(settings.serverTargetLatencyNs, rulesOf(network)?.serverTargetLatencyNs);
    });
  }
}

test('each network has rules, with its threshold and the digest of its model', async () => {
  assert.deepEqual(
    NETWORKS.map(({ name }) => name),
    MODELS_WITH_RULES,
  );
  for (const { name, decision, source } of NETWORKS) {
    const rules = rulesOf(name);
    assert.ok(rules);
    assert.ok(Math.abs(rules.threshold - decision.threshold) < 1e-9);
    if (source.type === 'file') assert.equal(rules.modelSha256, source.sha256);
  }
  assert.equal((await loadModel({ formats: ['onnx'] })).weightsSha256, rulesOf('sphereface20')?.weightsSha256);
});

test('the target is 99 % of the reference', () => {
  const rules = rulesOf('sphereface20');
  assert.ok(rules);
  const targets = rules.references.map((reference) => accuracyTarget(rules, reference).toFixed(3));
  assert.deepEqual(targets, ['96.030', '90.750']);
});

for (const name of ['constructor', '__proto__', 'resnet']) {
  test(`there are no rules for ${name}`, () => assert.equal(rulesOf(name), undefined));
}
