/**
 * How late Server issues queries: the null system at 10,000 queries per second, on an idle machine and while a worker on
 * each core computes the network. `node dist/bench/serverLateness.js [SECONDS]`
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { defaultLogSettings, defaultTestSettings, startTest } from '../platform/node/index.js';
import { discardLogs } from '../platform/node/logFiles.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { emptyLibrary } from './bareHarness.js';
import { onePair } from './onePair.js';

const seconds = Number(process.argv[2] ?? 5);
const settings = {
  ...defaultTestSettings(),
  scenario: 'Server' as const,
  serverTargetQps: 10_000,
  minDurationMs: seconds * 1000,
};

console.log('machine  queries  median [us]  99th [us]  99.9th [us]  largest [us]');
await measure('idle');
const burners = Array.from({ length: availableParallelism() }, () => burn());
await Promise.all(burners.map(({ ready }) => ready));
await measure('busy');
await Promise.all(burners.map(({ worker }) => worker.terminate()));

async function measure(machine: string): Promise<void> {
  const sut = await createSystemUnderTest('null', { inputs: onePair });
  const result = await startTest(sut, emptyLibrary, settings, defaultLogSettings(), { openLogs: discardLogs });
  await sut.close();
  const issueDelay = result.state === 'completed' ? result.performance?.harness?.issueDelay : undefined;
  if (issueDelay === undefined) throw new Error('the run broke off');
  const { percentiles, maxNs } = issueDelay;
  const at = (wanted: number) => percentiles.find(({ percentile }) => percentile === wanted)?.latencyNs ?? Number.NaN;
  const micros = [at(0.5), at(0.99), at(0.999), maxNs].map((ns) => (ns / 1000).toFixed(1).padStart(10));
  console.log(
    `${machine.padEnd(7)}  ${String(result.state === 'completed' ? result.performance?.queryCount : 0).padStart(7)} ${micros.join('  ')}`,
  );
}

/** A thread that runs inferences until it is terminated. */
function burn(): { worker: Worker; ready: Promise<void> } {
  const worker = new Worker(new URL('./inferenceBurner.js', import.meta.url));
  return { worker, ready: new Promise((resolve) => worker.once('message', () => resolve())) };
}
