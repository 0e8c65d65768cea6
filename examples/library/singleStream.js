// SingleStream: one sample at a time, the next when the last is answered. Measures latency, as a phone's user feels it.
//   node examples/library/singleStream.js [FOLDER FOR THE LOGS]
import { defaultLogSettings, defaultTestSettings, startTest } from 'sphereface-loadgen';

const WORDS = ['apple', 'banana', 'cherry', 'damson'];

/** Put your system in this one's place: it takes 5 ms to answer with a word's length. */
const sut = {
  name: 'word lengths',
  issueQuery([{ id, index }], responder) {
    setTimeout(() => responder.querySamplesComplete([{ id, data: Uint8Array.of(WORDS[index].length) }]), 5);
  },
  flushQueries() {},
};

/** The samples are in memory already, so there is nothing to load. */
const library = {
  name: 'four words',
  totalSampleCount: WORDS.length,
  performanceSampleCount: WORDS.length,
  loadSamplesToRam() {},
  unloadSamplesFromRam() {},
};

const outdir = process.argv[2] ?? 'logs';
const result = await startTest(
  sut,
  library,
  {
    ...defaultTestSettings(),
    scenario: 'SingleStream',
    // A guess at the latency: it decides how many queries are made in advance.
    singleStreamExpectedLatencyNs: 5e6,
    minDurationMs: 1000,
    minQueryCount: 100,
  },
  { ...defaultLogSettings(), outdir },
);
if (result.state === 'brokenOff') throw result.reason;

const { valid, queryCount, targetPercentileLatencyNs } = result.performance;
console.log(`${valid ? 'VALID' : 'INVALID'}: ${queryCount} queries, 90 % within ${ms(targetPercentileLatencyNs)}`);
console.log(`Logs: ${outdir}`);

function ms(ns) {
  return `${(ns / 1e6).toFixed(2)} ms`;
}
