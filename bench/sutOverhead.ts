/**
 * What the system under test adds to its engine: the bare engine's four inferences of a pair against a query of one
 * sample, in turns so that both see the same machine. `node dist/bench/sutOverhead.js [ROUNDS]`
 */

import { createEngine } from '../sut/engines/tfjsTflite.js';
import { createInThreadSut } from '../sut/inThread.js';
import { loadModel } from '../sut/loadModel.js';
import { PAIR_FEATURE_VALUES, PAIR_INPUT_VALUES } from '../sut/pairInputs.js';

const rounds = Number(process.argv[2] ?? 15);
const loadStartMs = performance.now();
const model = await loadModel();
const loadMs = performance.now() - loadStartMs;
const engine = await createEngine(model);
const shared = new SharedArrayBuffer(PAIR_INPUT_VALUES * Float32Array.BYTES_PER_ELEMENT);
const inputs = new Float32Array(shared).fill(0.25);
const outputs = new Float32Array(PAIR_FEATURE_VALUES);
const sut = createInThreadSut(engine, model, { shared, offsetOf: () => 0 });

const bareEngine = () => engine.infer(inputs, outputs);
const query = () =>
  sut.issueQuery([{ id: 0, index: 0 }], {
    querySamplesComplete() {},
    fail(reason) {
      throw reason;
    },
  });

bareEngine();
query();
const engineMs: number[] = [];
const queryMs: number[] = [];
for (let round = 0; round < rounds; round++) {
  // The order changes, so that neither always runs in the other's wake.
  const turns: [() => void, number[]][] = [
    [bareEngine, engineMs],
    [query, queryMs],
  ];
  for (const [run, timesMs] of round % 2 === 0 ? turns : turns.reverse()) timesMs.push(timeMs(run));
}
await sut.close();

const engineMedianMs = median(engineMs);
const queryMedianMs = median(queryMs);
console.log(`model ready to load after      ${loadMs.toFixed(0)} ms`);
console.log(`engine, four inferences        ${engineMedianMs.toFixed(2)} ms (median of ${rounds})`);
console.log(`engine, one inference          ${(engineMedianMs / 4).toFixed(2)} ms`);
console.log(`query of one sample            ${queryMedianMs.toFixed(2)} ms (median of ${rounds})`);
console.log(`query / engine                 ${(queryMedianMs / engineMedianMs).toFixed(4)}`);

function timeMs(run: () => void): number {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
