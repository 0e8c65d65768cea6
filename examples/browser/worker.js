// The worker: a SingleStream test of a tiny system, with its logs in memory.
import { defaultLogSettings, defaultTestSettings, memoryLogs, startTest } from 'sphereface-loadgen/browser';

const samples = Array.from({ length: 100 }, (_, index) =>
  Float32Array.from({ length: 100_000 }, (_, i) => (i + index) % 7),
);

const system = {
  name: 'sum of squares',
  issueQuery(queried, loadGen) {
    const responses = queried.map(({ id, index }) => {
      const sum = samples[index].reduce((total, value) => total + value * value, 0);
      return { id, data: new Uint8Array(Float64Array.of(sum).buffer) };
    });
    loadGen.querySamplesComplete(responses);
  },
  flushQueries() {},
};

const library = {
  name: 'numbers',
  totalSampleCount: samples.length,
  performanceSampleCount: samples.length,
  loadSamplesToRam() {},
  unloadSamplesFromRam() {},
};

addEventListener('message', async ({ ports: [page] }) => {
  const settings = { ...defaultTestSettings(), scenario: 'SingleStream', minDurationMs: 1000, minQueryCount: 100 };
  const { openLogs, files } = memoryLogs();
  await startTest(system, library, settings, defaultLogSettings(), { openLogs, page, measureExpectation: true });
  // Beside the summary there are the detail log, the accuracy log, the latencies and the trace.
  postMessage(files().find(({ name }) => name === 'mlperf_log_summary.txt').content);
});
