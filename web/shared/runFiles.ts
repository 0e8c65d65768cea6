/** The files of a run's folder, made of what a device has measured, whoever keeps them. */
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import { DETAIL_LOG_NAME } from '../../logs/detail/read.js';
import { LATENCY_LOG_NAME } from '../../logs/latencies/read.js';
import { SUMMARY_LOG_NAME } from '../../logs/summary/read.js';
import { jsonText, runJsonText } from '../../runs/jsonFormats.js';
import { JUDGING_JSON, PAIRS_JSON, RUN_JSON, TEST_FOLDERS } from '../../runs/layout.js';
import type { Manifest } from './manifest.js';
import type { Upload, UploadedTest } from './upload.js';

export interface RunFile {
  /** Below the run's folder. */
  readonly path: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** What a page is told of its runs' folders. */
export type FolderFacts = Pick<Manifest, 'packageVersion' | 'network' | 'dataset' | 'configs' | 'pairs' | 'judging'>;

export function runFiles({ runId, device, engine, planned, tests }: Upload, facts: FolderFacts): RunFile[] {
  const { network, dataset, packageVersion, configs } = facts;
  const { name, sha256, pairs, skipped } = dataset;
  const json = runJsonText({
    id: runId,
    planned: [...planned],
    network,
    sut: engine,
    system: systemFacts(device, packageVersion),
    dataset: { name, sha256, pairs, skipped: [...skipped] },
  });
  return [
    { path: RUN_JSON, content: json },
    ...Object.entries(configs).map(([path, content]) => ({ path, content })),
    ...tests.flatMap((test) => testFiles(test, facts)),
  ];
}

/** Below the run's folder. */
export function testFolderOf({ scenario, mode }: Pick<UploadedTest, 'scenario' | 'mode'>): string {
  return `${scenario}/${TEST_FOLDERS[mode]}`;
}

function testFiles(test: UploadedTest, { pairs, judging }: FolderFacts): RunFile[] {
  const { mode, summary, detail, accuracy, latencies } = test;
  const files: [name: string, content: RunFile['content']][] = [
    [SUMMARY_LOG_NAME, summary],
    [DETAIL_LOG_NAME, detail],
    [ACCURACY_LOG_NAME, accuracy],
  ];
  if (latencies !== undefined) files.push([LATENCY_LOG_NAME, bytesOf(latencies)]);
  if (mode === 'AccuracyOnly') files.push([PAIRS_JSON, jsonText(pairs)], [JUDGING_JSON, jsonText(judging)]);
  return files.map(([name, content]) => ({ path: `${testFolderOf(test)}/${name}`, content }));
}

/** What run.json says of the device. */
export function systemFacts(device: Upload['device'], packageVersion: string): Record<string, string | number> {
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

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
