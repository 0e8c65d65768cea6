import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNullSut } from '../../sut/nullSut.js';

test('the null SUT answers all samples of a query from inside issueQuery, with 8,192 zeros', () => {
  const answered: number[] = [];
  createNullSut().issueQuery(
    [
      { id: 5, index: 1 },
      { id: 6, index: 0 },
    ],
    {
      querySamplesComplete(responses, completedAtNs) {
        answered.push(...responses.map(({ id }) => id));
        for (const { data } of responses) assert.deepEqual(data, new Uint8Array(8192));
        assert.equal(completedAtNs, undefined);
      },
      fail: assert.fail,
    },
  );
  assert.deepEqual(answered, [5, 6]);
});
