import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOBILEFACENET } from '../../sut/networks/mobilefacenet.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import { createNullSut } from '../../sut/nullSut.js';

for (const [{ name, shape }, bytes] of [
  [SPHEREFACE20_NETWORK, 8192],
  [MOBILEFACENET, 3072],
] as const) {
  test(`in the place of ${name} the null SUT answers from inside issueQuery, with ${bytes} zeros`, () => {
    const answered: number[] = [];
    createNullSut(shape).issueQuery(
      [
        { id: 5, index: 1 },
        { id: 6, index: 0 },
      ],
      {
        querySamplesComplete(responses, completedAtNs) {
          answered.push(...responses.map(({ id }) => id));
          for (const { data } of responses) assert.deepEqual(data, new Uint8Array(bytes));
          assert.equal(completedAtNs, undefined);
        },
        fail: assert.fail,
      },
    );
    assert.deepEqual(answered, [5, 6]);
  });
}
