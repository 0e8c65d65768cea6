import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contestantFolder, contestantNames, parseContestant } from '../../../cli/duel/contestants.js';

const NOTHING = {
  model: undefined,
  precision: undefined,
  workers: undefined,
  threads: undefined,
  batch: undefined,
  python: undefined,
  device: undefined,
  provider: undefined,
};

for (const [text, expected] of [
  ['onnxruntime', { sut: 'onnxruntime' }],
  ['onnxruntime,precision=int8,threads=2', { sut: 'onnxruntime', precision: 'int8', threads: 2 }],
  ['onnxruntime,provider=webgpu', { sut: 'onnxruntime', provider: 'webgpu' }],
  ['openvino,device=GPU.1,precision=int8', { sut: 'openvino', device: 'GPU.1', precision: 'int8' }],
  ['./my plugin.js, workers=0', { sut: './my plugin.js', workers: 0 }],
  ['http://h:1/v2/models/a=b%2Cc,workers=9', { sut: 'http://h:1/v2/models/a=b%2Cc', workers: 9 }],
  ['litert,model=a=b.tflite,batch=1', { sut: 'litert', model: 'a=b.tflite', batch: 1 }],
] as const) {
  test(`"${text}" is read`, () => assert.deepEqual(parseContestant(text), { ...NOTHING, ...expected }));
}

for (const [text, message] of [
  ['', /it begins with no system/],
  ['precision=int8', /it begins with no system/],
  ['litert,presicion=fp32', /"presicion" is no option of it\. Did you mean precision\?/],
  ['litert,precision', /precision has no value/],
  ['litert,precision=int7', /precision is "int7", expected fp32, bf16, int8/],
  ['litert,threads=2,threads=1', /threads is given more than once/],
  ['litert,threads=many', /threads is "many", expected a whole number/],
  ['litert,threads=-1', /threads is "-1", expected a whole number/],
] as const) {
  test(`"${text}" is refused`, () => {
    assert.throws(() => parseContestant(text), { code: 'DUEL_CONTESTANT', exitCode: 2, message });
  });
}

test('names tell contestants apart, and name no folder', () => {
  const texts = ['/home/me/plugin.js', 'litert', 'litert,model=/home/me/a.tflite', 'litert'];
  const names = contestantNames(texts.map(parseContestant), ['my-plugin', 'litert', undefined, 'litert']);
  assert.deepEqual(names, ['my-plugin', 'litert (1)', 'litert,model=a.tflite', 'litert (2)']);
  assert.deepEqual(
    names.map((name, index) => contestantFolder(index, name)),
    ['1-my-plugin', '2-litert-1', '3-litert-model-a.tflite', '4-litert-2'],
  );
  const chosen = ['openvino,device=GPU', 'onnxruntime,provider=webgpu'];
  assert.deepEqual(contestantNames(chosen.map(parseContestant), ['openvino', 'onnxruntime']), chosen);
  assert.deepEqual(contestantNames([parseContestant('/home/me/plugin.js')], [undefined]), ['plugin.js']);
});
