import { uniformReal } from '../../../loadgen/random/distributions.js';
import { MersenneTwister } from '../../../loadgen/random/mersenneTwister.js';

/** The same numbers from 0 to 1 for the same seed, for tests that count on averages. */
export function randomNumbers(seed: number): () => number {
  const random = new MersenneTwister(seed);
  return () => uniformReal(random);
}
