import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { checkedTargets, type TargetOptions, type Targets, targetTexts } from '../../sut/targets.js';
import { pairInputsOf } from './pairInputsOf.js';

const DEVICES: Targets = { devices: ['CPU', 'GPU.0'] };
const PROVIDERS: Targets = { providers: ['cpu', 'cuda'] };

for (const [targets, wanted, chosen] of [
  [DEVICES, {}, {}],
  [DEVICES, { device: 'CPU' }, { device: 'CPU' }],
  [DEVICES, { device: 'gpu.0', provider: undefined }, { device: 'GPU.0' }],
  [PROVIDERS, { provider: 'CUDA' }, { provider: 'cuda' }],
  [{}, {}, {}],
] as const satisfies readonly (readonly [Targets, TargetOptions, TargetOptions])[]) {
  test(`of ${JSON.stringify(targets)}, ${JSON.stringify(wanted)} is chosen`, () => {
    assert.deepEqual(checkedTargets('engine', targets, wanted), chosen);
  });
}

for (const [targets, wanted, message] of [
  [DEVICES, { device: 'NPU' }, 'engine has no device "NPU" here, expected CPU, GPU.0'],
  [PROVIDERS, { provider: 'rocm\n' }, 'engine has no provider "rocm\\u{a}" here, expected cpu, cuda'],
  [
    DEVICES,
    { provider: 'cpu' },
    'engine has no providers to choose from: found provider "cpu", expected one of its devices: CPU, GPU.0',
  ],
  [{}, { device: '' }, 'engine has no devices to choose from: found device "", expected no such option'],
] as const satisfies readonly (readonly [Targets, TargetOptions, string])[]) {
  test(`of ${JSON.stringify(targets)}, ${JSON.stringify(wanted)} is refused`, () => {
    assert.throws(() => checkedTargets('engine', targets, wanted), { code: 'SUT_DEVICE', exitCode: 2, message });
  });
}

test('listings say what there is to choose from', () => {
  assert.deepEqual(targetTexts({ ...DEVICES, ...PROVIDERS }), ['devices: CPU, GPU.0', 'providers: cpu, cuda']);
  assert.deepEqual(targetTexts({}), []);
});

for (const name of ['tfjs-tflite', 'null', './examples/own-engine/engine.js']) {
  test(`${name} has no devices`, async () => {
    const inputs = pairInputsOf(new Float32Array(0));
    await assert.rejects(createSystemUnderTest(name, { inputs, device: 'GPU' }), {
      code: 'SUT_DEVICE',
      message: /has no devices to choose from: found device "GPU", expected no such option$/,
    });
  });
}
