/**
 * The harness's own cost: the null system in SingleStream (trace off and on) and Offline, beside a bare loop that reads
 * the clock twice per query, as issuing and answering a query must.
 * `node --expose-gc dist/bench/nullSut.js [QUERIES]`; without the flag, memory is not measured.
 */

import type { OpenLogOutputs } from '../loadgen/logs/logSettings.js';
import { defaultLogSettings, defaultTestSettings, monotonicClock, startTest } from '../platform/node/index.js';
import { discardLogs } from '../platform/node/logFiles.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { emptyLibrary } from './bareHarness.js';

const queries = Number(process.argv[2] ?? 3_000_000);
const ROUNDS = 5;

const discardWithTrace: OpenLogOutputs = (...args) => ({ ...discardLogs(...args), trace: () => {} });
const settings = { ...defaultTestSettings(), minDurationMs: 0, minQueryCount: queries };
const sut = await createSystemUnderTest('null', { inputs: { shared: new SharedArrayBuffer(0), offsetOf: () => 0 } });

console.log('millions a second');
console.log('bare loop  SingleStream  with trace  Offline  SingleStream/bare  with trace/without');
for (let round = 0; round < ROUNDS; round++) {
  const bare = bareLoop();
  const plain = await rate('SingleStream', discardLogs);
  const traced = await rate('SingleStream', discardWithTrace);
  const offline = await rate('Offline', discardLogs);
  const cells = [millions(bare), millions(plain), millions(traced), millions(offline), (plain / bare).toFixed(2)];
  console.log(`${cells.join('          ')}          ${(traced / plain).toFixed(2)}`);
}
await measureMemory();
await sut.close();

/** Queries per second; in Offline, samples per second. */
async function rate(scenario: 'SingleStream' | 'Offline', openLogs: OpenLogOutputs): Promise<number> {
  const startedNs = monotonicClock.nowNs();
  const result = await startTest(sut, emptyLibrary, { ...settings, scenario }, defaultLogSettings(), { openLogs });
  const figures = result.state === 'completed' ? result.performance?.figures : undefined;
  if (figures?.scenario === 'SingleStream') return figures.qpsWithOverhead;
  if (figures?.scenario === 'Offline') return figures.samplesPerSecond;
  throw new Error(`the run broke off after ${monotonicClock.nowNs() - startedNs} ns`);
}

function bareLoop(): number {
  const startNs = monotonicClock.nowNs();
  let latencySumNs = 0;
  for (let query = 0; query < queries; query++) {
    const issuedNs = monotonicClock.nowNs();
    latencySumNs += monotonicClock.nowNs() - issuedNs;
  }
  if (latencySumNs < 0) throw new Error('the clock ran backwards');
  return (queries / (monotonicClock.nowNs() - startNs)) * 1e9;
}

/** How much heap and array buffers have grown at the end of issuing, while all measurements are still held. */
async function measureMemory(): Promise<void> {
  const { gc } = globalThis;
  if (gc === undefined) return;
  const memoryInUse = () => {
    gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = memoryInUse();
  let atEnd = before;
  await rate('SingleStream', (...args) => ({
    ...discardLogs(...args),
    detail: (text) => {
      if (text.includes('Ending naturally')) atEnd = memoryInUse();
    },
  }));
  console.log(`${((atEnd - before) / queries).toFixed(1)} bytes a query`);
}

function millions(perSecond: number): string {
  return (perSecond / 1e6).toFixed(2).padStart(6);
}
