/**
 * Samples per second of the worker pool with one worker and with several, in turns so that both see the same machine.
 * `node dist/bench/workerPoolSpeedUp.js [ENGINE [SAMPLES]]`
 */
import { availableParallelism } from 'node:os';
import type { ClosableSystemUnderTest } from '../sut/closableSystemUnderTest.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { onePair } from './onePair.js';
import { runQuery } from './runQuery.js';

const ROUNDS = 3;
const name = process.argv[2] ?? 'tfjs-tflite';
const sampleCount = Number(process.argv[3] ?? 8);
const workerCount = availableParallelism();
const one = await poolOf(1);
const several = await poolOf(workerCount);

for (let round = 0; round < ROUNDS; round++) {
  const rateOfOne = await samplesPerSecond(one);
  const rateOfSeveral = await samplesPerSecond(several);
  const ratio = (rateOfSeveral / rateOfOne).toFixed(2);
  console.log(
    `1 worker ${rateOfOne.toFixed(2)} samples/s, ${workerCount} workers ${rateOfSeveral.toFixed(2)} samples/s, ratio ${ratio}`,
  );
}
await Promise.all([one.close(), several.close()]);

function poolOf(workers: number): Promise<ClosableSystemUnderTest> {
  const placement = { workers, threads: 1, batch: 4, spreadPairs: false };
  return createSystemUnderTest(name, { inputs: onePair, placement });
}

async function samplesPerSecond(sut: ClosableSystemUnderTest): Promise<number> {
  const startMs = performance.now();
  await runQuery(sut, sampleCount);
  return (1000 * sampleCount) / (performance.now() - startMs);
}
