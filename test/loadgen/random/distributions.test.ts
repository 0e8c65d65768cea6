import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { exponentialNs, shuffle, uniformInt, uniformReal } from '../../../loadgen/random/distributions.js';
import { MersenneTwister } from '../../../loadgen/random/mersenneTwister.js';
import { naturalLogarithm } from '../../../loadgen/random/naturalLogarithm.js';
import { readGoldenText } from '../../golden.js';

const numbers = z.array(z.number());
const recordings = z.array(
  z.object({
    seed: z.string().transform(BigInt),
    raw: numbers,
    uniform_int: z.record(z.string(), numbers),
    shuffle: z.record(z.string(), numbers),
    shuffle_large: z.record(
      z.string(),
      z.object({ fnv1a64_u32le: z.string(), first: numbers, last: z.number(), next_raw: z.number() }),
    ),
    exponential: z.record(z.string(), numbers),
    uniform_real: numbers,
  }),
);

test('draws what libstdc++ drew', (t) => {
  const text = readGoldenText(t, 'rng.json');
  if (text === undefined) return;
  // Seeds and digests are 64-bit integers, which JSON.parse would round.
  for (const golden of recordings.parse(JSON.parse(text.replace(/("(?:seed|fnv1a64_u32le)":\s*)(\d+)/g, '$1"$2"')))) {
    const draw = (count: number, next: (random: MersenneTwister) => number) => {
      const random = new MersenneTwister(golden.seed);
      return Array.from({ length: count }, () => next(random));
    };
    assert.deepEqual(
      draw(golden.raw.length, (random) => random.next()),
      golden.raw,
    );
    assert.deepEqual(draw(golden.uniform_real.length, uniformReal), golden.uniform_real);
    for (const [count, values] of Object.entries(golden.uniform_int)) {
      assert.deepEqual(
        draw(values.length, (random) => uniformInt(random, Number(count))),
        values,
      );
    }
    for (const [rate, values] of Object.entries(golden.exponential)) {
      assert.deepEqual(
        draw(values.length, (random) => -naturalLogarithm(1 - uniformReal(random)) / Number(rate)),
        values,
      );
      assert.deepEqual(
        draw(values.length, (random) => exponentialNs(random, Number(rate))),
        values.map((seconds) => Math.trunc(seconds * 1e9)),
      );
    }
    for (const [length, values] of Object.entries(golden.shuffle)) {
      assert.deepEqual(Array.from(shuffled(golden.seed, Number(length)).order), values);
    }
    for (const [length, large] of Object.entries(golden.shuffle_large)) {
      const { order, random } = shuffled(golden.seed, Number(length));
      assert.deepEqual(
        [Array.from(order.subarray(0, 3)), order.at(-1), random.next(), fnv1a64(order)],
        [large.first, large.last, large.next_raw, large.fnv1a64_u32le],
      );
    }
  }
});

test("the generator's 10,000th value is the one that the C++ standard gives", () => {
  const random = new MersenneTwister(5489);
  for (let i = 1; i < 10_000; i++) random.next();
  assert.equal(random.next(), 4123659995);
});

test('only the lower 32 bits of a seed count', () => {
  assert.equal(new MersenneTwister(7n + (5n << 32n)).next(), new MersenneTwister(7).next());
});

test('an integer is the upper half of a 64-bit product, drawn anew below the threshold', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: 1, max: 2 ** 32 - 1 }), (seed, count) => {
      assert.equal(
        uniformInt(new MersenneTwister(seed), count),
        naiveUniformInt(new MersenneTwister(seed), BigInt(count)),
      );
    }),
  );
});

test('nanoseconds of arrivals are those of the exact logarithm, at low rates too, where its last bits count', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 32n - 1n), fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (seed, rate) => {
      const exact = Math.trunc((-naturalLogarithm(1 - uniformReal(new MersenneTwister(seed))) / rate) * 1e9);
      assert.equal(exponentialNs(new MersenneTwister(seed), rate), exact);
    }),
    { numRuns: 3000 },
  );
});

test('a shuffle keeps every value once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.bigInt(0n, 2n ** 32n), (length, seed) => {
      assert.deepEqual(
        Array.from(shuffled(seed, length).order.sort()),
        Array.from({ length }, (_, index) => index),
      );
    }),
  );
});

function shuffled(seed: bigint, length: number) {
  const random = new MersenneTwister(seed);
  const order = Uint32Array.from({ length }, (_, index) => index);
  shuffle(random, order);
  return { random, order };
}

function naiveUniformInt(random: MersenneTwister, count: bigint): number {
  const threshold = (2n ** 32n - count) % count;
  for (;;) {
    const product = BigInt(random.next()) * count;
    if (product % 2n ** 32n >= threshold) return Number(product >> 32n);
  }
}

/** With the offset basis that the recordings were made with, which lacks a digit of the usual one. */
function fnv1a64(values: Uint32Array): string {
  let hash = 1469598103934665603n;
  for (const byte of new Uint8Array(values.buffer)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & (2n ** 64n - 1n);
  return String(hash);
}
