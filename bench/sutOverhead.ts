/**
 * What the system under test adds to its engine: the bare engine's four inferences of a pair against a query of one
 * sample, in turns so that both see the same machine. On a busy machine their ratio is mostly noise; the last line, the
 * same query with an engine that computes nothing, is what a query costs besides its engine.
 *
 * `node dist/bench/sutOverhead.js [ROUNDS]`
 */
import type { SystemUnderTest } from '../loadgen/systemUnderTest.js';
import { createEngine, formats } from '../sut/engines/tfjsTflite.js';
import { createInThreadSut } from '../sut/inThread.js';
import { loadModel } from '../sut/loadModel.js';
import { onePair, pairFeatures, pairImages } from './onePair.js';

const rounds = Number(process.argv[2] ?? 15);
const loadStartMs = performance.now();
const model = await loadModel(formats);
const loadMs = performance.now() - loadStartMs;
const engine = await createEngine(model);
const sut = createInThreadSut(engine, model, onePair);

const bareEngine = () => engine.infer(pairImages, pairFeatures);
const query = () => issueOne(sut);

void bareEngine();
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

const idleEngine = { ...engine, infer() {} };
const idleSut = createInThreadSut(idleEngine, model, onePair);
const IDLE_QUERIES = 100_000;
const idleMs = timeMs(() => {
  for (let i = 0; i < IDLE_QUERIES; i++) issueOne(idleSut);
});

const engineMedianMs = median(engineMs);
const queryMedianMs = median(queryMs);
console.log(`model ready to load after      ${loadMs.toFixed(0)} ms`);
console.log(`engine, four inferences        ${engineMedianMs.toFixed(2)} ms (median of ${rounds})`);
console.log(`engine, one inference          ${(engineMedianMs / 4).toFixed(2)} ms`);
console.log(`query of one sample            ${queryMedianMs.toFixed(2)} ms (median of ${rounds})`);
console.log(`query / engine                 ${(queryMedianMs / engineMedianMs).toFixed(4)}`);
console.log(
  `query, engine without work     ${((1000 * idleMs) / IDLE_QUERIES).toFixed(2)} us (mean of ${IDLE_QUERIES})`,
);

function issueOne(system: SystemUnderTest): void {
  system.issueQuery([{ id: 0, index: 0 }], {
    querySamplesComplete() {},
    fail(reason) {
      throw reason;
    },
  });
}

function timeMs(run: () => void): number {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
