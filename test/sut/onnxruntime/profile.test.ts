import assert from 'node:assert/strict';
import { test } from 'node:test';
import { providersIn, usedProviders } from '../../../sut/onnxruntime/profile.js';

const event = (name: string, provider?: string) => ({ cat: 'Node', name, args: provider ? { provider } : {} });

test('a profile names the provider of each operator once', () => {
  const events = [
    { cat: 'Session', name: 'model_run' },
    event('conv1_kernel_time', 'WebGpuExecutionProvider'),
    event('conv1_kernel_time', 'WebGpuExecutionProvider'),
    event('gemm_kernel_time', 'CPUExecutionProvider'),
    event('gemm_fence_after'),
  ];
  assert.deepEqual(providersIn(JSON.stringify(events)), ['webgpu', 'cpu']);
});

for (const [ofOperators, text] of [
  [['xnnpack', 'xnnpack'], 'xnnpack'],
  [['cpu', 'xnnpack', 'cpu'], 'xnnpack (1 of 3 operators), cpu'],
  [['cuda', 'xnnpack', 'cpu', 'cuda'], 'xnnpack (1 of 4 operators), cuda, cpu'],
] as const) {
  test(`${ofOperators.join(', ')} is "${text}" in logs`, () => {
    assert.equal(usedProviders('xnnpack', ofOperators), text);
  });
}

for (const [ofOperators, message] of [
  [['cpu', 'cpu'], 'the provider azure computes no operator of the model: cpu does'],
  [[], 'the provider azure computes no operator of the model: nothing does'],
] as const) {
  test(`refuses a provider that computes nothing of ${ofOperators.length} operators`, () => {
    assert.throws(() => usedProviders('azure', ofOperators), { code: 'SUT_DEVICE', message });
  });
}
