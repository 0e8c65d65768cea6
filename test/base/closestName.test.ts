import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { closestName, didYouMean } from '../../base/closestName.js';

const COMMANDS = ['run', 'preprocess', 'compare', 'report', 'export', 'submit-run', 'suts'];
const KEYS = ['min_duration', 'max_duration', 'target_qps', 'target_latency', 'target_latency_percentile'];

const CASES: readonly [name: string, known: readonly string[], closest: string | undefined][] = [
  ['rum', COMMANDS, 'run'],
  ['rnu', COMMANDS, 'run'],
  ['RUN', COMMANDS, 'run'],
  ['submitrun', COMMANDS, 'submit-run'],
  ['prep', COMMANDS, 'preprocess'],
  ['reprot', COMMANDS, 'report'],
  ['measure', COMMANDS, undefined],
  ['x', COMMANDS, undefined],
  ['', COMMANDS, undefined],
  ['sub', ['submission', 'submit-run'], undefined],
  ['min-duration', KEYS, 'min_duration'],
  ['minDuration', KEYS, 'min_duration'],
  ['min_durations', KEYS, 'min_duration'],
  ['traget_qps', KEYS, 'target_qps'],
  ['target_latency_percentil', KEYS, 'target_latency_percentile'],
  ['offline', ['SingleStream', 'Offline'], 'Offline'],
  ['anything', [], undefined],
];

for (const [name, known, closest] of CASES) {
  test(`"${name}" is almost ${closest ?? 'nothing'}`, () => assert.equal(closestName(name, known), closest));
}

test('a known name with one letter changed, left out, added or swapped is found, whatever it is', () => {
  const name = fc.stringMatching(/^[a-z]{6,20}$/);
  fc.assert(
    fc.property(name, fc.nat(5), fc.constantFrom('', 'x', 'yz'), (known, at, letters) => {
      const mistyped = known.slice(0, at) + letters + known.slice(at + 1);
      const swapped =
        known.slice(0, at) +
        known
          .slice(at, at + 2)
          .split('')
          .reverse()
          .join('') +
        known.slice(at + 2);
      assert.equal(closestName(mistyped, [known]), known);
      assert.equal(closestName(swapped, [known]), known);
    }),
  );
});

test('a name of a megabyte is not looked at', () => assert.equal(didYouMean('r'.repeat(1e6), COMMANDS), ''));

test('the question follows a sentence', () => assert.equal(didYouMean('rum', COMMANDS), '. Did you mean run?'));
