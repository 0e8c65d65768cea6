// Offline: one query with all samples. Measures throughput, as for a photo collection that is indexed over night.
//   node examples/library/offline.js [FOLDER FOR THE LOGS]
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultLogSettings, defaultTestSettings, startTest } from 'sphereface-loadgen';

const BATCH = 32;

/** Put your system in this one's place: it takes a millisecond or more for a batch of 32. */
const sut = {
  name: 'batches',
  issueQuery(samples, responder) {
    answerInBatches(samples, responder).catch((thrown) => responder.fail(thrown));
  },
  flushQueries() {},
};

async function answerInBatches(samples, responder) {
  for (let first = 0; first < samples.length; first += BATCH) {
    await sleep(1);
    const batch = samples.slice(first, first + BATCH);
    // In any order, as soon as each is done.
    responder.querySamplesComplete(batch.map(({ id, index }) => ({ id, data: Uint8Array.of(index % 2) })));
  }
}

const library = {
  name: 'numbers',
  totalSampleCount: 1000,
  performanceSampleCount: 1000,
  loadSamplesToRam() {},
  unloadSamplesFromRam() {},
};

const outdir = process.argv[2] ?? 'logs';
const result = await startTest(
  sut,
  library,
  {
    ...defaultTestSettings(),
    scenario: 'Offline',
    // The most that the system can do: it decides how many samples the query has, and so how long it takes at least.
    offlineExpectedQps: BATCH * 1000,
    minDurationMs: 500,
  },
  { ...defaultLogSettings(), outdir },
);
if (result.state === 'brokenOff') throw result.reason;

const { valid, sampleCount, figures } = result.performance;
const rate = Math.round(figures.samplesPerSecond);
console.log(`${valid ? 'VALID' : 'INVALID'}: ${sampleCount} samples, ${rate} per second`);
console.log(`Logs: ${outdir}`);
