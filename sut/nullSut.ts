import { type NetworkShape, responseBytesOf } from '../base/pairLayout.js';
import type { QueryResponder, QuerySample } from '../loadgen/systemUnderTest.js';
import type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';

/** So many answers are handed over together: few enough to stay in the processor's cache. */
const BATCH = 1024;

/**
 * Stands in for a network of this shape. Computes nothing and answers at once, from inside `issueQuery`: what is measured with it is the harness. It answers
 * with the same objects again and again, so that no time goes into making them.
 */
export function createNullSut(network: NetworkShape): ClosableSystemUnderTest {
  const data = new Uint8Array(responseBytesOf(network));
  const single = [{ id: 0, data }];
  const batch = Array.from({ length: BATCH }, () => ({ id: 0, data }));
  return {
    name: 'null',
    configuration: { engine: 'none' },
    issueQuery: (samples, responder) => {
      for (let start = 0; start < samples.length; start += BATCH) {
        const count = Math.min(BATCH, samples.length - start);
        answer(samples, start, count === BATCH ? batch : count === 1 ? single : batch.slice(0, count), responder);
      }
    },
    flushQueries() {},
    close() {},
  };
}

function answer(
  samples: readonly QuerySample[],
  start: number,
  responses: readonly { id: number; data: Uint8Array }[],
  responder: QueryResponder,
): void {
  let position = start;
  for (const response of responses) response.id = samples[position++]?.id ?? -1;
  responder.querySamplesComplete(responses);
}
