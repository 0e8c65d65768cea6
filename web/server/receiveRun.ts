/** Takes what a device has measured: checks it as any run of others, and only then keeps it. */
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EXIT_CODE, LoadGenError, messageOf } from '../../base/errors.js';
import { decodeJson, printable } from '../../base/text.js';
import { LOADGEN_VERSION } from '../../loadgen/logs/runLogs.js';
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import { DETAIL_LOG_NAME } from '../../logs/detail/read.js';
import { LATENCY_LOG_NAME } from '../../logs/latencies/read.js';
import { readSummaryLines, SUMMARY_LOG_NAME } from '../../logs/summary/read.js';
import { makeFolder } from '../../platform/node/files.js';
import { openLog } from '../../platform/node/openLog.js';
import { computeAccuracy } from '../../reports/accuracy/computeAccuracy.js';
import { type MeasuredRun, measureRun } from '../../reports/figures/measureRun.js';
import { writeAccuracyText } from '../../runs/accuracyText.js';
import { type ConfigPaths, copyConfigFiles } from '../../runs/configCopies.js';
import { type Judging, writeJudging } from '../../runs/judging.js';
import { RUN_ID_KEY, TEST_FOLDERS } from '../../runs/layout.js';
import { openRun, type RunTest } from '../../runs/openRun.js';
import { type LabelledPair, writeLabelledPairs } from '../../runs/pairs.js';
import { defaultRunFolder, writing } from '../../runs/runFolder.js';
import { writeRunJson } from '../../runs/runJson.js';
import { RequestFault } from '../../sut/serve/requestFault.js';
import type { Manifest } from '../shared/manifest.js';
import { type Upload, type UploadedTest, uploadSchema } from '../shared/upload.js';

/** Deeper than any upload is. */
const MAX_DEPTH = 8;

export interface RunKeeper {
  readonly manifest: Manifest;
  /** Holds the folders of all runs. */
  readonly outputFolder: string;
  readonly confs: ConfigPaths;
  readonly pairs: readonly LabelledPair[];
  readonly judging: Judging;
}

export interface KeptRun {
  readonly folder: string;
  readonly upload: Upload;
  readonly measured: MeasuredRun;
}

/**
 * Keeps a run in a folder of its own, whose name and files' names are chosen here.
 *
 * @throws RequestFault if it is not a run of this page; nothing is left of it then
 * @throws RUN_FOLDER if it cannot be kept
 */
export async function receiveRun(body: Uint8Array, keeper: RunKeeper): Promise<KeptRun> {
  const upload = parseUpload(body);
  const { outputFolder } = keeper;
  let staging = '';
  writing(outputFolder, () => {
    makeFolder(outputFolder);
    staging = mkdtempSync(join(outputFolder, '.receiving-'));
  });
  try {
    writeFiles(staging, upload, keeper);
    const measured = await checkedRun(staging, upload, keeper);
    const folder = freeFolder(outputFolder, upload);
    writing(folder, () => renameSync(staging, folder));
    return { folder, upload, measured };
  } catch (thrown) {
    rmSync(staging, { recursive: true, force: true });
    throw thrown;
  }
}

function parseUpload(body: Uint8Array): Upload {
  let json: unknown;
  try {
    json = decodeJson(new TextDecoder('utf-8', { fatal: true }).decode(body), undefined, MAX_DEPTH);
  } catch (thrown) {
    throw new RequestFault(`found what is not JSON, expected a run: ${printable(messageOf(thrown), 100)}`);
  }
  const { data, error } = uploadSchema.safeParse(json);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new RequestFault(`not a run: ${printable(`${issue?.path.join('.')}: ${issue?.message}`, 200)}`);
}

function writeFiles(folder: string, { runId, device, engine, planned, tests }: Upload, keeper: RunKeeper): void {
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
    processor: `${name}: ${browser}, ${platform}`,
    logicalProcessors,
    platform,
    browser,
    ...(memoryGb === undefined ? {} : { memoryGb }),
    ...(adapter === undefined ? {} : { adapter }),
    crossOriginIsolated: isolated ? 'yes' : 'no',
    loadgenPackageVersion: packageVersion,
  };
}

function testFolderOf(runFolder: string, { scenario, mode }: UploadedTest): string {
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

/** Reads back what was written, with the readers that any run is read with. */
async function checkedRun(
  folder: string,
  upload: Upload,
  { manifest, pairs, judging }: RunKeeper,
): Promise<MeasuredRun> {
  try {
    const run = await openRun(folder);
    for await (const test of run.tests(({ reason }) => refuse(reason))) await judgeAccuracy(test, pairs, judging);
    let read = 0;
    const measured = await measureRun(run, async (test) => {
      read++;
      await checkFacts(folder, test, upload, manifest);
    });
    if (read !== upload.tests.length) refuse(`found ${read} tests that can be read, expected ${upload.tests.length}`);
    return measured;
  } catch (thrown) {
    if (!(thrown instanceof LoadGenError) || thrown.exitCode === EXIT_CODE.internal) throw thrown;
    throw new RequestFault(printable(thrown.message.replaceAll(`${folder}/`, '').replaceAll(folder, ''), 300));
  }
}

/** Of a test that was not broken off. */
async function judgeAccuracy(test: RunTest, pairs: readonly LabelledPair[], judging: Judging): Promise<void> {
  const log = await test.detail();
  if (log.string('effective_test_mode') !== 'AccuracyOnly' || log.has('result_validity')) return;
  const logDir = test.folder;
  await writeAccuracyText(logDir, await computeAccuracy({ logDir, pairs, ...judging }));
}

/** That a test is of this page's benchmark, and of the run that it is sent with. */
async function checkFacts(
  folder: string,
  test: RunTest,
  { runId, engine, tests }: Upload,
  manifest: Manifest,
): Promise<void> {
  const log = await test.detail();
  const expected = {
    loadgen_version: LOADGEN_VERSION,
    [RUN_ID_KEY]: runId,
    dataset_sha256: manifest.dataset.sha256,
    sut_engine: engine,
    sut_weights_sha256: manifest.model.weightsSha256,
  };
  for (const [key, value] of Object.entries(expected)) {
    const found = log.string(key);
    if (found !== value) refuse(`found ${key} ${found}, expected ${value}`);
  }
  const [scenario, mode] = [log.string('effective_scenario'), log.string('effective_test_mode')];
  const isHere = tests.some(
    (sent) => sent.scenario === scenario && sent.mode === mode && testFolderOf(folder, sent) === test.folder,
  );
  if (!isHere) refuse(`found the log of ${scenario} ${mode} where that of another test was expected`);
  await readSummaryLines(await openLog(join(test.folder, SUMMARY_LOG_NAME)));
}

function refuse(what: string): never {
  throw new RequestFault(printable(what, 300));
}

/** `2026-01-31T12-30-59-pixel-8-tfjs-tflite`; with a number behind it where there is one of this name. */
function freeFolder(outputFolder: string, { device, engine }: Upload): string {
  const name = basename(defaultRunFolder(`${folderText(device.name)}-${folderText(engine)}`, new Date()));
  const names = Array.from({ length: 1000 }, (_, index) => (index === 0 ? name : `${name}-${index + 1}`));
  const free = names.map((each) => join(outputFolder, each)).find((path) => !existsSync(path));
  if (free === undefined) throw new RequestFault('too many runs within a second', 503);
  return free;
}

/** Letters, digits and dashes. */
function folderText(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 40) || 'device';
}
