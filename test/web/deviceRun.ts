/** A run as a device would send it, made on Node.js; and where it is taken. */
import { randomUUID } from 'node:crypto';
import { judgingOf } from '../../cli/benchmark/judging.js';
import type { LogFile } from '../../platform/browser/memoryLogs.js';
import { memoryLogs } from '../../platform/browser/memoryLogs.js';
import { defaultLogSettings, defaultTestSettings, startTest } from '../../platform/node/index.js';
import { logNotes } from '../../runs/logNotes.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import type { RunKeeper } from '../../web/server/receiveRun.js';
import type { Upload, UploadedTest } from '../../web/shared/upload.js';

const PAIRS = 4;
const DATASET = { name: 'few faces', sha256: 'a'.repeat(64), pairs: PAIRS, skipped: [], orientationApplied: false };
const WEIGHTS = 'b'.repeat(64);

export function keeperFor(outputFolder: string): RunKeeper {
  return {
    manifest: {
      packageVersion: '1.2.3',
      network: 'sphereface20',
      model: { name: 'a model', weightsSha256: WEIGHTS },
      dataset: DATASET,
      configs: { 'mlperf.conf': '# none\n' },
      pairs: Array.from({ length: PAIRS }, (_, pair) => ({
        same: pair % 2 === 0,
        set: 1,
        nameA: 'A',
        nameB: `B${pair}`,
      })),
      judging: judgingOf(SPHEREFACE20_NETWORK),
    },
    outputFolder,
  };
}

/** SingleStream's accuracy and performance, of a system that answers at once. */
export async function deviceRun(): Promise<Upload> {
  const runId = randomUUID();
  const modes = ['AccuracyOnly', 'PerformanceOnly'] as const;
  const tests: UploadedTest[] = [];
  for (const mode of modes) tests.push(await measure(runId, mode));
  return {
    runId,
    device: { name: 'Pixel 8', browser: 'Chrome 139', platform: 'Android 14', logicalProcessors: 9, isolated: true },
    engine: 'tfjs-tflite',
    planned: modes.map((mode) => ({ scenario: 'SingleStream', mode })),
    tests,
  };
}

async function measure(runId: string, mode: UploadedTest['mode']): Promise<UploadedTest> {
  const logs = memoryLogs();
  const configuration = { engine: 'tfjs-tflite', precision: 'fp32', weightsSha256: WEIGHTS };
  await startTest(
    {
      name: 'tfjs-tflite',
      issueQuery: (samples, responder) =>
        responder.querySamplesComplete(samples.map(({ id, index }) => ({ id, data: answerTo(index) }))),
      flushQueries() {},
    },
    {
      name: DATASET.name,
      totalSampleCount: PAIRS,
      performanceSampleCount: PAIRS,
      loadSamplesToRam() {},
      unloadSamplesFromRam() {},
    },
    { ...defaultTestSettings(), scenario: 'SingleStream', mode, minDurationMs: 0, minQueryCount: 100 },
    { ...defaultLogSettings(), enableTrace: false },
    {
      openLogs: logs.openLogs,
      startMonitor: () => async () => undefined,
      notes: logNotes({ dataset: DATASET, configuration, runId }),
    },
  );
  const text = (ending: string) => String(contentOf(logs.files(), ending));
  const latencies = contentOf(logs.files(), 'latencies_ns.bin');
  return {
    scenario: 'SingleStream',
    mode,
    ...{ summary: text('summary.txt'), detail: text('detail.txt'), accuracy: text('accuracy.json') },
    ...(latencies instanceof Uint8Array ? { latencies: Buffer.from(latencies).toString('base64') } : {}),
  };
}

function contentOf(files: readonly LogFile[], ending: string): LogFile['content'] | undefined {
  return files.find(({ name }) => name.endsWith(ending))?.content;
}

/** Two features: the same of a pair of one person, and else others. */
function answerTo(index: number): Uint8Array {
  const values = Float32Array.from({ length: 2048 }, (_, at) => (at < 1024 || index % 2 === 0 ? 1 + (at % 1024) : -1));
  return new Uint8Array(values.buffer);
}
