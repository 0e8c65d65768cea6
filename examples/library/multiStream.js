// MultiStream: several samples in each query, the next query when all are answered. Measures the latency of a query, as a
// device with several cameras needs it.
//   node examples/library/multiStream.js [FOLDER FOR THE LOGS]
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultLogSettings, defaultTestSettings, startTest } from 'sphereface-loadgen';

const CAMERAS = 8;

/** Put your system in this one's place: it takes 2 ms for a query, and answers its samples together. */
const sut = {
  name: 'eight cameras',
  issueQuery(samples, responder) {
    recognize(samples).then(
      (responses) => responder.querySamplesComplete(responses),
      // Ends the run INVALID, with the reason in the logs.
      (thrown) => responder.fail(thrown),
    );
  },
  flushQueries() {},
};

async function recognize(samples) {
  await sleep(2);
  return samples.map(({ id, index }) => ({ id, data: Uint8Array.of(index % 2) }));
}

const library = {
  name: 'numbers',
  totalSampleCount: 100,
  performanceSampleCount: 100,
  loadSamplesToRam() {},
  unloadSamplesFromRam() {},
};

const outdir = process.argv[2] ?? 'logs';
const result = await startTest(
  sut,
  library,
  {
    ...defaultTestSettings(),
    scenario: 'MultiStream',
    multiStreamSamplesPerQuery: CAMERAS,
    multiStreamExpectedLatencyNs: 2e6,
    minDurationMs: 1000,
    // The fewest from which the 99th percentile can be estimated.
    minQueryCount: 662,
  },
  { ...defaultLogSettings(), outdir },
);
if (result.state === 'brokenOff') throw result.reason;

const { valid, queryCount, targetPercentileLatencyNs } = result.performance;
const latency = `${(targetPercentileLatencyNs / 1e6).toFixed(2)} ms`;
console.log(`${valid ? 'VALID' : 'INVALID'}: ${queryCount} queries of ${CAMERAS} samples, 99 % within ${latency}`);
console.log(`Logs: ${outdir}`);
