import type { SystemUnderTest } from '../loadgen/systemUnderTest.js';

/** Issues one query with this many samples and waits for all answers. */
export function runQuery(sut: SystemUnderTest, sampleCount: number): Promise<void> {
  const samples = Array.from({ length: sampleCount }, (_, id) => ({ id, index: 0 }));
  return new Promise((resolve, reject) => {
    let missing = sampleCount;
    sut.issueQuery(samples, {
      querySamplesComplete(responses) {
        missing -= responses.length;
        if (missing === 0) resolve();
      },
      fail: reject,
    });
    sut.flushQueries();
  });
}
