// Server: queries come at random times, whether or not earlier ones are answered. Asks whether a rate can be served within
// a bound on latency, as a web service has to.
//   node examples/library/server.js [FOLDER FOR THE LOGS]
import { defaultLogSettings, defaultTestSettings, startTest } from 'sphereface-loadgen';

const WORKERS = 4;

/** Put your system in this one's place: four workers take 2 ms for a sample each, and what is too much for them waits. */
const waiting = [];
let busy = 0;

const sut = {
  name: 'four workers and a queue',
  issueQuery(samples, responder) {
    for (const sample of samples) waiting.push({ sample, responder });
    dispatch();
  },
  flushQueries() {},
};

function dispatch() {
  while (busy < WORKERS && waiting.length > 0) {
    const { sample, responder } = waiting.shift();
    busy++;
    setTimeout(() => {
      busy--;
      responder.querySamplesComplete([{ id: sample.id, data: Uint8Array.of(sample.index % 2) }]);
      dispatch();
    }, 2);
  }
}

const library = {
  name: 'numbers',
  totalSampleCount: 100,
  performanceSampleCount: 100,
  loadSamplesToRam() {},
  unloadSamplesFromRam() {},
};

const TARGET_QPS = 400;
const outdir = process.argv[2] ?? 'logs';
const result = await startTest(
  sut,
  library,
  {
    ...defaultTestSettings(),
    scenario: 'Server',
    serverTargetQps: TARGET_QPS,
    // 99 % of the answers have to come within half a second.
    serverTargetLatencyNs: 500e6,
    minDurationMs: 2000,
  },
  { ...defaultLogSettings(), outdir },
);
if (result.state === 'brokenOff') throw result.reason;

const { valid, queryCount, targetPercentileLatencyNs } = result.performance;
const latency = `${(targetPercentileLatencyNs / 1e6).toFixed(2)} ms`;
console.log(
  `${valid ? 'VALID' : 'INVALID'}: ${queryCount} queries at ${TARGET_QPS} per second, 99 % within ${latency}`,
);
console.log(`Logs: ${outdir}`);
