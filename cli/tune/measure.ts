import { type NetworkShape, type PairInputs, pairValuesOf } from '../../base/pairLayout.js';
import { monotonicClock } from '../../platform/node/index.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import type { RoundRequest } from '../duel/rounds.js';

const NS_PER_SECOND = 1e9;
const MIN_QUERIES = 3;

/** The median latency of queries of one pair, one after another for `seconds`. */
export async function medianLatencyNs(
  sut: ClosableSystemUnderTest,
  pairCount: number,
  seconds: number,
): Promise<number> {
  await answer(sut, [0]);
  const latenciesNs: number[] = [];
  const endNs = monotonicClock.nowNs() + seconds * NS_PER_SECOND;
  while (latenciesNs.length < MIN_QUERIES || monotonicClock.nowNs() < endNs) {
    latenciesNs.push(await timeNs(sut, [latenciesNs.length % pairCount]));
  }
  return latenciesNs.sort((a, b) => a - b)[Math.floor(latenciesNs.length / 2)] ?? Number.NaN;
}

/** What queries of one pair each took, or in Offline the one query of all of them. */
export async function latenciesOfTurn(
  sut: ClosableSystemUnderTest,
  pairCount: number,
  { scenario, samples, warmUpSamples }: RoundRequest,
): Promise<number[]> {
  await answer(sut, samplesOf(warmUpSamples, pairCount));
  if (scenario === 'Offline') return [await timeNs(sut, samplesOf(samples, pairCount))];
  const latenciesNs: number[] = [];
  for (const index of samplesOf(samples, pairCount)) latenciesNs.push(await timeNs(sut, [index]));
  return latenciesNs;
}

/** Pairs a second of one query large enough to last some `seconds`. */
export async function pairsPerSecond(
  sut: ClosableSystemUnderTest,
  pairCount: number,
  seconds: number,
): Promise<number> {
  const workers = Math.max(1, Number(sut.configuration.workers));
  // As many as there are workers at the least, so that all of them take part in the estimate, too.
  const estimateNs = await timeNs(sut, samplesOf(workers, pairCount));
  const count = Math.max(2 * workers, Math.round((seconds * NS_PER_SECOND * workers) / estimateNs));
  return (count * NS_PER_SECOND) / (await timeNs(sut, samplesOf(count, pairCount)));
}

async function timeNs(sut: ClosableSystemUnderTest, samples: readonly number[]): Promise<number> {
  const startedNs = monotonicClock.nowNs();
  await answer(sut, samples);
  return monotonicClock.nowNs() - startedNs;
}

function samplesOf(count: number, pairCount: number): number[] {
  return Array.from({ length: count }, (_, index) => index % pairCount);
}

function answer(sut: ClosableSystemUnderTest, sampleIndices: readonly number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let missing = sampleIndices.length;
    sut.issueQuery(
      sampleIndices.map((index, id) => ({ id, index })),
      {
        querySamplesComplete: (responses) => {
          missing -= responses.length;
          if (missing === 0) resolve();
        },
        fail: reject,
      },
    );
    sut.flushQueries();
  });
}

const PAIR_COUNT = 8;

/** Some pairs of noise between -1 and 1: how long an inference takes does not depend on what is in the images. */
export function noisePairs(network: NetworkShape): PairInputs & { readonly pairCount: number } {
  const pairValues = pairValuesOf(network);
  const shared = new SharedArrayBuffer(PAIR_COUNT * pairValues * Float32Array.BYTES_PER_ELEMENT);
  const values = new Float32Array(shared);
  for (let index = 0; index < values.length; index++) values[index] = 2 * Math.random() - 1;
  return { shared, pairCount: PAIR_COUNT, offsetOf: (sampleIndex) => sampleIndex * pairValues };
}
