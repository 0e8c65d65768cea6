/**
 * What the system under test adds to its engine. Three measurements take turns, so that all see the same machine: the
 * bare engine's four inferences of a pair, a query of one sample in the issuing thread, and a sample's share of a larger
 * query to a pool of one worker. On a busy machine the ratios are mostly noise; the last line runs the same query with an
 * engine that computes nothing and shows the cost of the query alone.
 *
 * `node dist/bench/sutOverhead.js [ENGINE [PRECISION [ROUNDS]]]`
 */

import { PRECISIONS, type Precision } from '../sut/engine.js';
import { ENGINES, importEngine } from '../sut/engines/index.js';
import { createInThreadSut } from '../sut/inThread.js';
import { loadModel } from '../sut/loadModel.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { onePair, pairFeatures, pairImages } from './onePair.js';
import { runQuery } from './runQuery.js';

const POOL_PAIRS = 8;
const IDLE_QUERIES = 100_000;

const name = process.argv[2] ?? 'tfjs-tflite';
const precision: Precision = PRECISIONS.find((known) => known === process.argv[3]) ?? 'fp32';
const rounds = Number(process.argv[4] ?? 15);
const entry = ENGINES.find((known) => known.name === name);
if (entry === undefined) throw new RangeError(`there is no engine ${name}`);
const { formats, createEngine } = await importEngine(entry.module.href);
const model = await loadModel({ formats, precision });
const engine = await createEngine(model, { precision, threads: 1 });
const inThread = createInThreadSut(engine, model, onePair);
const placement = { workers: 1, threads: 1, batch: 4, spreadPairs: false };
const pool = await createSystemUnderTest(name, { inputs: onePair, precision, placement });

const competitors = [
  { what: 'engine, four inferences', pairs: 1, run: async () => engine.infer(pairImages, pairFeatures) },
  { what: 'query in the issuing thread', pairs: 1, run: () => runQuery(inThread, 1) },
  { what: `one of ${POOL_PAIRS} pairs in one worker`, pairs: POOL_PAIRS, run: () => runQuery(pool, POOL_PAIRS) },
];
const timesMs = competitors.map((): number[] => []);
for (const { run } of competitors) await run();
for (let round = 0; round < rounds; round++) {
  for (const [index, { run, pairs }] of competitors.entries()) {
    const startMs = performance.now();
    for (let pair = 0; pair < POOL_PAIRS / pairs; pair++) await run();
    timesMs[index]?.push((performance.now() - startMs) / POOL_PAIRS);
  }
}
await pool.close();
await inThread.close();

console.log(`${name} ${precision}, median of ${rounds} rounds, and of the ratios to the engine in the same round`);
for (const [index, { what }] of competitors.entries()) {
  const times = timesMs[index] ?? [];
  const ratios = times.map((ms, round) => ms / (timesMs[0]?.[round] ?? Number.NaN));
  console.log(`${what.padEnd(28)} ${median(times).toFixed(3)} ms  x ${median(ratios).toFixed(4)}`);
}
console.log(`query, engine without work   ${(1000 * (await idleQueryMs())).toFixed(2)} us (mean of ${IDLE_QUERIES})`);

async function idleQueryMs(): Promise<number> {
  const idle = createInThreadSut({ ...engine, infer() {}, close() {} }, model, onePair);
  const samples = [{ id: 0, index: 0 }];
  const responder = {
    querySamplesComplete() {},
    fail(reason: unknown) {
      throw reason;
    },
  };
  const startMs = performance.now();
  for (let query = 0; query < IDLE_QUERIES; query++) idle.issueQuery(samples, responder);
  return (performance.now() - startMs) / IDLE_QUERIES;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
