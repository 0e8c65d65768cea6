import type { QuerySample } from '../loadgen/systemUnderTest.js';
import type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
import { RESPONSE_BYTES } from './pairInputs.js';

/** Computes nothing and answers at once, from inside `issueQuery`: what is measured with it is the harness. */
export function createNullSut(): ClosableSystemUnderTest {
  const data = new Uint8Array(RESPONSE_BYTES);
  const respond = ({ id }: QuerySample) => ({ id, data });
  return {
    name: 'null',
    configuration: { engine: 'none' },
    issueQuery: (samples, responder) => responder.querySamplesComplete(samples.map(respond)),
    flushQueries() {},
    async close() {},
  };
}
