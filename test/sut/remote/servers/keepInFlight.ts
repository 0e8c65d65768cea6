import type { SystemUnderTest } from '../../../../loadgen/systemUnderTest.js';

interface InFlightOptions {
  readonly queries: number;
  readonly inFlight: number;
  /** Of the sample that query `id` asks for. */
  readonly indexOf: (id: number) => number;
  /** What it throws ends all. */
  readonly onAnswer: (id: number, data: Uint8Array) => void;
}

/** Issues queries of one sample, as many at a time as are to be in flight, until all are answered. */
export function keepInFlight(sut: SystemUnderTest, options: InFlightOptions): Promise<void> {
  const { queries, inFlight, indexOf, onAnswer } = options;
  let [issued, answered] = [0, 0];
  return new Promise((resolve, reject) => {
    const issue = (): void => {
      if (issued === queries) return;
      const id = issued++;
      sut.issueQuery([{ id, index: indexOf(id) }], {
        querySamplesComplete: (responses) => {
          try {
            for (const response of responses) onAnswer(response.id, response.data);
          } catch (thrown) {
            reject(thrown);
          }
          if (++answered === queries) resolve();
          else issue();
        },
        fail: reject,
      });
    };
    while (issued < Math.min(inFlight, queries)) issue();
  });
}
