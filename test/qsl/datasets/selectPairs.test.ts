import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageText } from '../../../qsl/datasets/imageName.js';
import type { PairList } from '../../../qsl/datasets/pairList.js';
import { selectPairs } from '../../../qsl/datasets/selectPairs.js';

/** Three sets of 2 + 2 pairs, numbered through by the first image. */
const list: PairList = {
  setCount: 3,
  pairs: Array.from({ length: 12 }, (_, index) => ({
    a: { name: 'Ann', number: index },
    b: { name: 'Bob', number: 1 },
    same: false,
    set: Math.floor(index / 4) + 1,
  })),
};

for (const [what, selection, numbers] of [
  ['the first set without a choice', {}, [0, 1, 2, 3]],
  ['the first pairs', { pairs: 5 }, [0, 1, 2, 3, 4]],
  ['all pairs', { pairs: 12 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ['one set', { set: 3 }, [8, 9, 10, 11]],
] as const) {
  test(`takes ${what}`, () => {
    assert.deepEqual(
      selectPairs(list, selection).map(({ a }) => Number(imageText(a).slice(4))),
      numbers,
    );
  });
}

for (const [what, selection, message] of [
  ['no pairs', { pairs: 0 }, 'found number of pairs 0, expected a whole number from 1 to 12'],
  ['more pairs than there are', { pairs: 13 }, 'found number of pairs 13, expected a whole number from 1 to 12'],
  ['half a pair', { pairs: 1.5 }, 'found number of pairs 1.5, expected a whole number from 1 to 12'],
  ['a set that is not there', { set: 4 }, 'found set 4, expected a whole number from 1 to 3'],
  ['both', { pairs: 1, set: 1 }, 'found pairs 1 and set 1, expected one of the two'],
] as const) {
  test(`refuses ${what}`, () => {
    assert.throws(() => selectPairs(list, selection), { code: 'QSL_SELECTION', message });
  });
}
