import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import { DETAIL_LOG_NAME } from '../../logs/detail/read.js';
import { LATENCY_LOG_NAME } from '../../logs/latencies/read.js';
import { SUMMARY_LOG_NAME } from '../../logs/summary/read.js';
import { makeFolder } from '../../platform/node/files.js';
import { copyConfigFiles } from '../../runs/configCopies.js';
import { writeJudging } from '../../runs/judging.js';
import { TEST_FOLDERS } from '../../runs/layout.js';
import { writeLabelledPairs } from '../../runs/pairs.js';
import { writing } from '../../runs/runFolder.js';
import { writeRunJson } from '../../runs/runJson.js';
import { RequestFault } from '../../sut/serve/requestFault.js';
import type { Upload, UploadedTest } from '../shared/upload.js';
import type { RunKeeper } from './runKeeper.js';

/**
 * Writes what a device has sent, under names that are chosen here.
 *
 * @throws RequestFault if two tests have one place
 * @throws RUN_FOLDER if a file cannot be written
 */
export function writeUpload(
  folder: string,
  { runId, device, engine, planned, tests }: Upload,
  keeper: RunKeeper,
): void {
  const { network, dataset, packageVersion } = keeper.manifest;
  const { name, sha256, pairs, skipped } = dataset;
  writeRunJson(folder, {
    id: runId,
    planned: [...planned],
    network,
    sut: engine,
    system: systemFacts(device, packageVersion),
    dataset: { name, sha256, pairs, skipped: [...skipped] },
  });
  copyConfigFiles(folder, keeper.confs);
  for (const test of tests) {
    const testFolder = testFolderOf(folder, test);
    if (existsSync(testFolder)) throw new RequestFault(`found two tests ${test.scenario} ${test.mode}`);
    writing(testFolder, () => {
      makeFolder(testFolder);
      for (const [file, content] of logFiles(test)) writeFileSync(join(testFolder, file), content);
    });
    if (test.mode !== 'AccuracyOnly') continue;
    writeLabelledPairs(testFolder, keeper.pairs);
    writeJudging(testFolder, keeper.judging);
  }
}

/** What run.json says of the device. */
function systemFacts(device: Upload['device'], packageVersion: string): Record<string, string | number> {
  const { name, browser, platform, logicalProcessors, memoryGb, adapter, isolated } = device;
  return {
    processor: name,
    logicalProcessors,
    platform,
    browser,
    ...(memoryGb === undefined ? {} : { memory: `${memoryGb} GB or more` }),
    ...(adapter === undefined ? {} : { webGpuAdapter: adapter }),
    page: isolated ? 'isolated' : 'not isolated',
    loadgenPackageVersion: packageVersion,
  };
}

export function testFolderOf(runFolder: string, { scenario, mode }: UploadedTest): string {
  return join(runFolder, scenario, TEST_FOLDERS[mode]);
}

function logFiles({ summary, detail, accuracy, latencies }: UploadedTest): [name: string, content: string | Buffer][] {
  return [
    [SUMMARY_LOG_NAME, summary],
    [DETAIL_LOG_NAME, detail],
    [ACCURACY_LOG_NAME, accuracy],
    ...(latencies === undefined
      ? []
      : ([[LATENCY_LOG_NAME, Buffer.from(latencies, 'base64')]] satisfies [string, Buffer][])),
  ];
}
