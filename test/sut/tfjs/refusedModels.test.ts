import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { memory } from '@tensorflow/tfjs-core';
import { checkUsable, createEngine, formats } from '../../../sut/engines/tfjsWasm.js';
import { loadModel } from '../../../sut/loadModel.js';
import { constant, convolutionAttributes, FLOAT, type GraphNode, tensorShape } from '../../../sut/tfjs/graphNodes.js';
import { float32Bytes, int32Bytes, writeGraphModel } from '../../../sut/tfjs/writeGraphModel.js';

const INPUT_SHAPE = [-1, 112, 96, 3];
const weight = { name: 'one', shape: [1], dtype: 'float32', bytes: float32Bytes(Float32Array.of(1)) } as const;
const hugePaddings = {
  name: 'paddings',
  shape: [4, 2],
  dtype: 'int32',
  bytes: int32Bytes([0, 0, 1, 1_000_000, 1, 1, 0, 0]),
} as const;

let folder: string;
before(async () => {
  // Tensors are counted by a backend that has started.
  await checkUsable();
  folder = await mkdtemp(join(tmpdir(), 'tfjs-models-'));
});
after(() => rm(folder, { recursive: true }));

test("a user's model is read with the weights beside it", async () => {
  await writeModel([
    placeholder('input', INPUT_SHAPE),
    constant('one', 'float32', [1]),
    node('sum', 'AddV2', ['input', 'one']),
  ]);
  const { format, files } = await loadModel({ formats, file: join(folder, 'model.json') });
  assert.equal(format, 'tfjs');
  assert.deepEqual(files[1], { name: 'group1-shard1of1.bin', content: Buffer.from(weight.bytes) });
});

for (const [what, nodes, code, message] of [
  [
    'another input',
    [placeholder('input', [-1, 2, 2, 1])],
    'MODEL_SHAPE',
    /model from model\.json is a network from -1x2x2x1 float32, expected from -1x112x96x3 float32/,
  ],
  [
    'a fixed number of images',
    [placeholder('input', [1, 112, 96, 3])],
    'MODEL_SHAPE',
    /from 1x112x96x3 float32, expected from -1x112x96x3/,
  ],
  [
    'another output',
    [placeholder('input', INPUT_SHAPE)],
    'MODEL_SHAPE',
    /to 1x112x96x3 float32, expected to 1x512 float32/,
  ],
  [
    'an unknown operator',
    [placeholder('input', INPUT_SHAPE), node('last', 'Sphere', ['input'])],
    'TFJS_MODEL_REFUSED',
    /cannot run model from model\.json: .*'Sphere'/,
  ],
  [
    'a filter that does not fit',
    [
      placeholder('input', INPUT_SHAPE),
      constant('one', 'float32', [1]),
      node('last', '_FusedConv2D', ['input', 'one', 'one'], convolutionAttributes(1, 'SAME')),
    ],
    'TFJS_MODEL_REFUSED',
    /cannot run model from model\.json/,
  ],
  [
    'paddings larger than an image',
    [
      placeholder('input', INPUT_SHAPE),
      constant('paddings', 'int32', [4, 2]),
      node('pad', 'Pad', ['input', 'paddings']),
    ],
    'TFJS_MODEL_REFUSED',
    /^node pad \(Pad\) of model from model\.json has paddings 0,0,1,1000000,1,1,0,0, expected whole numbers/,
  ],
] as const) {
  test(`a network with ${what} is refused, and nothing kept of it`, async () => {
    await writeModel(nodes);
    const model = await loadModel({ formats, file: join(folder, 'model.json') });
    const { numTensors } = memory();
    await assert.rejects(createEngine(model), { code, message });
    assert.equal(memory().numTensors, numTensors);
  });
}

test('weights that are too short are refused', async () => {
  await writeModel([placeholder('input', INPUT_SHAPE)]);
  await writeFile(join(folder, 'group1-shard1of1.bin'), 'abc');
  await assert.rejects(loadModel({ formats, file: join(folder, 'model.json') }).then(createEngine), {
    code: 'TFJS_MODEL_REFUSED',
    message: 'model from model.json: group1-shard1of1.bin hold 3 bytes of weights, expected 4',
  });
});

for (const [what, change, message] of [
  ['is no JSON', 'once upon a time', /model\.json is not JSON/],
  ['is of a layers model', { format: 'layers-model' }, /expected "graph-model"/],
  ['has no graph', { modelTopology: undefined }, /modelTopology/],
  [
    'has weights of an unknown type',
    { weightsManifest: [{ paths: [], weights: [{ ...weight, dtype: 'int4' }] }] },
    /dtype/,
  ],
  ...['../weights.bin', '/etc/passwd', 'a/b.bin', 'C:\\b.bin', '..', ''].map(
    (path) =>
      [
        `names the file ${JSON.stringify(path)}`,
        { weightsManifest: [{ paths: [path], weights: [] }] },
        /expected the name of a file in the same folder/,
      ] as const,
  ),
] as const) {
  test(`a model.json that ${what} is refused`, async () => {
    const modelJson: object = JSON.parse(
      new TextDecoder().decode(modelOf([placeholder('input', INPUT_SHAPE)])[0].content),
    );
    const text = typeof change === 'string' ? change : JSON.stringify({ ...modelJson, ...change });
    await writeFile(join(folder, 'model.json'), text);
    await assert.rejects(loadModel({ formats, file: join(folder, 'model.json') }), {
      code: 'TFJS_MODEL_REFUSED',
      message,
    });
  });
}

test('a node that takes what is not in the graph is refused', async () => {
  await writeModel([placeholder('input', INPUT_SHAPE), node('last', 'AddV2', ['input', 'nowhere'])]);
  await assert.rejects(loadModel({ formats, file: join(folder, 'model.json') }), {
    code: 'TFJS_MODEL_REFUSED',
    message: /node last of .*model\.json takes nowhere, which is not in the graph/,
  });
});

test('weights that are not there are named', async () => {
  await writeModel([placeholder('input', INPUT_SHAPE)]);
  await rm(join(folder, 'group1-shard1of1.bin'));
  await assert.rejects(loadModel({ formats, file: join(folder, 'model.json') }), {
    code: 'MODEL_READ',
    message: /group1-shard1of1\.bin cannot be read/,
  });
});

function modelOf(nodes: readonly GraphNode[]) {
  const last = nodes.at(-1)?.name ?? '';
  return writeGraphModel({
    nodes,
    weights: nodes.some(({ name }) => name === hugePaddings.name) ? [weight, hugePaddings] : [weight],
    input: { name: 'input', shape: INPUT_SHAPE },
    output: { name: last, shape: [-1, 512] },
  });
}

async function writeModel(nodes: readonly GraphNode[]): Promise<void> {
  for (const { name, content } of modelOf(nodes)) await writeFile(join(folder, name), content);
}

function placeholder(name: string, shape: readonly number[]): GraphNode {
  return node(name, 'Placeholder', [], { dtype: FLOAT, shape: { shape: tensorShape(shape) } });
}

function node(name: string, op: string, input: string[], attr: GraphNode['attr'] = { T: FLOAT }): GraphNode {
  return { name, op, input, attr };
}
