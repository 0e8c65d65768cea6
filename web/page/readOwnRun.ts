/** Reads a run where it was measured, with the readers that any run is read with. */
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import { DETAIL_LOG_NAME, readDetailLog } from '../../logs/detail/read.js';
import { LogValues } from '../../logs/detail/values.js';
import { LATENCY_LOG_NAME, readLatencyLog } from '../../logs/latencies/read.js';
import type { LogFile } from '../../platform/browser/memoryLogs.js';
import { openMemoryLog } from '../../platform/browser/openMemoryLog.js';
import { measureTest } from '../../reports/figures/measureTest.js';
import type { LatencySource, TestLogs } from '../../runs/testLogs.js';
import type { DeviceResult } from '../shared/deviceResult.js';
import type { Manifest } from '../shared/manifest.js';
import { runFiles, systemFacts, testFolderOf } from '../shared/runFiles.js';
import { shownRun } from '../shared/shownRun.js';
import type { Upload } from '../shared/upload.js';

/** A run that this page has measured. */
export interface OwnRun {
  /** The name of its folder. */
  readonly folder: string;
  readonly upload: Upload;
}

/** @throws LoadGenError if its logs cannot be read */
export async function readOwnRun({ folder, upload }: OwnRun, manifest: Manifest): Promise<DeviceResult> {
  const files = runFiles(upload, manifest).map(({ path, content }): LogFile => ({ name: path, content }));
  const tests = [];
  for (const test of upload.tests) tests.push(await measureTest(testLogs(testFolderOf(test), files, manifest)));
  return shownRun(folder, systemFacts(upload.device, manifest.packageVersion), tests);
}

function testLogs(folder: string, files: readonly LogFile[], { pairs, judging }: Manifest): TestLogs {
  const open = (name: string) => {
    const file = files.find((each) => each.name === `${folder}/${name}`);
    return file === undefined ? undefined : openMemoryLog(file);
  };
  const detail = async () => {
    const log = open(DETAIL_LOG_NAME) ?? openMemoryLog({ name: DETAIL_LOG_NAME, content: '' });
    return new LogValues(await readDetailLog(log));
  };
  return {
    ...{ folder, detail },
    latencies: async (): Promise<LatencySource> => {
      const log = open(LATENCY_LOG_NAME);
      if (log === undefined) return { from: undefined, reason: `there is no ${LATENCY_LOG_NAME}` };
      const sampleCount = log.sizeBytes / Float64Array.BYTES_PER_ELEMENT;
      return { from: 'latency log', file: log.name, latenciesNs: await readLatencyLog(log, sampleCount) };
    },
    accuracyLog: async () => open(ACCURACY_LOG_NAME),
    accuracy: async () => undefined,
    pairs: async () => pairs,
    judging: async () => judging,
  };
}
