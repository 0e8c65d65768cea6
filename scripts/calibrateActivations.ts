/**
 * Measures the range of each activation of our network, for engines that compute in 8 bits, and writes
 * sut/sphereface20/weights/activationRanges.json. Run it again when the weights change. It runs the network twice in
 * float32 with onnxruntime-node, on synthetic faces and their mirror images: once for the bounds, once for histograms.
 *
 * `node dist/scripts/calibrateActivations.js [PAIRS] && npm run format`
 */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { elementAt } from '../base/arrays.js';
import { PAIR_IMAGES } from '../base/pairLayout.js';
import { SYNTHETIC_DATASET } from '../qsl/datasets/datasetFolder.js';
import { openDataset } from '../qsl/openDataset.js';
import { networkInputOf } from '../sut/networks/network.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, SPHEREFACE20_NETWORK } from '../sut/networks/sphereface20.js';
import { emitOnnx } from '../sut/sphereface20/emitOnnx.js';
import { SPHEREFACE20 } from '../sut/sphereface20/network.js';
import { readWeights } from '../sut/sphereface20/readWeights.js';
import { ActivationHistogram } from './activationHistogram.js';

const WEIGHTS_FOLDER = new URL('../../sut/sphereface20/weights/', import.meta.url);

const pairCount = Number(process.argv[2] ?? 50);
const weightsFile = await readFile(new URL('sphereface20.safetensors', WEIGHTS_FOLDER));
const weights = readWeights(weightsFile, 'sphereface20.safetensors', SPHEREFACE20);
const layerNames = SPHEREFACE20.map(({ name }) => name);
const session = await InferenceSession.create(
  emitOnnx(SPHEREFACE20, weights, { alsoOutput: layerNames.slice(0, -1) }),
  {
    logSeverityLevel: 3,
  },
);
const { library } = await openDataset({
  ...networkInputOf(SPHEREFACE20_NETWORK),
  dataset: SYNTHETIC_DATASET,
  spread: pairCount,
});

const bounds = new Map<string, [low: number, high: number]>();
await forAllActivations((name, values) => {
  const [low, high] = bounds.get(name) ?? [0, 0];
  bounds.set(name, [values.reduce((a, b) => Math.min(a, b), low), values.reduce((a, b) => Math.max(a, b), high)]);
});
const histograms = new Map([...bounds].map(([name, [low, high]]) => [name, new ActivationHistogram(low, high)]));
await forAllActivations((name, values) => histograms.get(name)?.add(values));

const ranges: Record<string, number[]> = {};
for (const name of layerNames) {
  const range = histograms.get(name)?.bestRange() ?? [];
  ranges[name] = range.map((value) => Number(value.toPrecision(6)));
  console.log(
    name.padEnd(10),
    (bounds.get(name) ?? []).map(String).join(' '),
    '->',
    elementAt(ranges[name], 0),
    elementAt(ranges[name], 1),
  );
}
const content = {
  weightsSha256: createHash('sha256').update(weightsFile).digest('hex'),
  method: `least squared error of 8 bits, over ${library.totalSampleCount * PAIR_IMAGES} images: synthetic faces and their mirror images`,
  ranges,
};
await writeFile(new URL('activationRanges.json', WEIGHTS_FOLDER), `${JSON.stringify(content, undefined, 2)}\n`);

async function forAllActivations(take: (name: string, values: Float32Array) => void): Promise<void> {
  for (let sample = 0; sample < library.totalSampleCount; sample++) {
    library.loadSamplesToRam([sample]);
    const start = library.offsetOf(sample) * Float32Array.BYTES_PER_ELEMENT;
    const images = new Float32Array(library.shared, start, library.pairValues).slice();
    library.unloadSamplesFromRam([sample]);
    const input = new Tensor('float32', images, [PAIR_IMAGES, INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS]);
    for (const [name, { data }] of Object.entries(await session.run({ input }))) {
      if (data instanceof Float32Array) take(name, data);
    }
  }
}
