/**
 * What the harness costs: SingleStream with a system that answers at once, beside a bare loop that reads the clock as
 * often as a query has to (when it is issued and when it is answered). Run with `node --expose-gc` to get memory.
 */
import { defaultLogSettings, defaultTestSettings, monotonicClock, startTest } from '../loadgen/index.js';
import { discardLogs } from './discardLogs.js';

const QUERIES = 3_000_000;
const ROUNDS = 5;

const settings = { ...defaultTestSettings(), minDurationMs: 0, minQueryCount: QUERIES };
const library = {
  name: 'no samples',
  totalSampleCount: 600,
  performanceSampleCount: 600,
  loadSamplesToRam: () => {},
  unloadSamplesFromRam: () => {},
};
const data = new Uint8Array(8);
const sut = {
  name: 'null',
  issueQuery: (
    samples: readonly { id: number; index: number }[],
    responder: { querySamplesComplete(responses: readonly { id: number; data: Uint8Array }[]): void },
  ) => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data }))),
  flushQueries: () => {},
};

function bareLoop(): number {
  const startNs = monotonicClock.nowNs();
  let latencySumNs = 0;
  for (let query = 0; query < QUERIES; query++) {
    const issuedNs = monotonicClock.nowNs();
    latencySumNs += monotonicClock.nowNs() - issuedNs;
  }
  if (latencySumNs < 0) throw new Error('the clock ran backwards');
  return (QUERIES / (monotonicClock.nowNs() - startNs)) * 1e9;
}

async function singleStream(): Promise<number> {
  const result = await startTest(sut, library, settings, defaultLogSettings(), { openLogs: discardLogs });
  const figures = result.state === 'completed' ? result.performance?.figures : undefined;
  if (figures?.scenario !== 'SingleStream') throw new Error('the run broke off');
  return figures.qpsWithOverhead;
}

console.log('round  bare loop [1/s]  SingleStream [1/s]  ratio');
for (let round = 1; round <= ROUNDS; round++) {
  const bare = bareLoop();
  const run = await singleStream();
  console.log(
    `${String(round).padStart(5)}  ${bare.toExponential(3).padStart(15)}  ${run.toExponential(3).padStart(18)}  ${(run / bare).toFixed(3)}`,
  );
}
