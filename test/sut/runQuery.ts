import assert from 'node:assert/strict';
import type { SystemUnderTest } from '../../loadgen/systemUnderTest.js';

interface Answer {
  readonly bytes: Uint8Array;
  readonly completedAtNs: number | undefined;
}

/** Issues one query for these samples and waits for all answers, by sample index; rejects when the system fails. */
export function runQuery(sut: SystemUnderTest, sampleIndices: readonly number[]): Promise<Map<number, Answer>> {
  return new Promise((resolve, reject) => {
    const answers = new Map<number, Answer>();
    const samples = sampleIndices.map((index) => ({ id: 1000 + index, index }));
    sut.issueQuery(samples, {
      querySamplesComplete(responses, completedAtNs) {
        for (const { id, data } of responses) {
          assert.ok(!answers.has(id - 1000), `sample ${id - 1000} is answered once`);
          answers.set(id - 1000, { bytes: data.slice(), completedAtNs });
        }
        if (answers.size === samples.length) resolve(answers);
      },
      fail: reject,
    });
    sut.flushQueries();
  });
}
