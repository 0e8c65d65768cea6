import { join, sep } from 'node:path';
import { EXIT_CODE, LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { LOADGEN_VERSION } from '../../loadgen/logs/runLogs.js';
import { readSummaryLines, SUMMARY_LOG_NAME } from '../../logs/summary/read.js';
import { RequestFault } from '../../platform/node/httpServer.js';
import { openLog } from '../../platform/node/openLog.js';
import { computeAccuracy } from '../../reports/accuracy/computeAccuracy.js';
import { type MeasuredRun, measureRun } from '../../reports/figures/measureRun.js';
import { writeAccuracyText } from '../../runs/accuracyFile.js';
import { RUN_ID_KEY } from '../../runs/layout.js';
import { openRun, type RunTest } from '../../runs/openRun.js';
import type { Manifest } from '../shared/manifest.js';
import { type FolderFacts, testFolderOf } from '../shared/runFiles.js';
import type { Upload } from '../shared/upload.js';

/** What a run must agree with. */
export type BenchmarkFacts = FolderFacts & Pick<Manifest, 'model'>;

/**
 * Reads back what was written of an upload, with the readers that any run is read with, and judges its answers.
 *
 * @throws RequestFault if it is not a whole run of the benchmark that was handed out
 */
export async function checkUpload(folder: string, upload: Upload, facts: BenchmarkFacts): Promise<MeasuredRun> {
  try {
    const run = await openRun(folder);
    for await (const test of run.tests(({ reason }) => refuse(reason))) await judgeAccuracy(test, facts);
    let read = 0;
    const measured = await measureRun(run, async (test) => {
      read++;
      await checkFacts(folder, test, upload, facts);
    });
    if (read !== upload.tests.length) refuse(`found ${read} tests that can be read, expected ${upload.tests.length}`);
    return measured;
  } catch (thrown) {
    const isOfUpload = thrown instanceof LoadGenError && thrown.exitCode !== EXIT_CODE.internal;
    if (!isOfUpload && !(thrown instanceof RequestFault)) throw thrown;
    // Where it lies is nobody's business.
    throw new RequestFault(printable(thrown.message.replaceAll(`${folder}${sep}`, ''), 300));
  }
}

/** Of a test that was not broken off. */
async function judgeAccuracy(test: RunTest, { pairs, judging }: BenchmarkFacts): Promise<void> {
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
  facts: BenchmarkFacts,
): Promise<void> {
  const log = await test.detail();
  const expected = {
    loadgen_version: LOADGEN_VERSION,
    [RUN_ID_KEY]: runId,
    dataset_sha256: facts.dataset.sha256,
    sut_engine: engine,
    sut_weights_sha256: facts.model.weightsSha256,
  };
  for (const [key, value] of Object.entries(expected)) {
    const found = log.string(key);
    if (found !== value) refuse(`found ${key} ${found}, expected ${value}`);
  }
  const [scenario, mode] = [log.string('effective_scenario'), log.string('effective_test_mode')];
  const isHere = tests.some(
    (sent) => sent.scenario === scenario && sent.mode === mode && join(folder, testFolderOf(sent)) === test.folder,
  );
  if (!isHere) refuse(`found the log of ${scenario} ${mode} where that of another test was expected`);
  await readSummaryLines(await openLog(join(test.folder, SUMMARY_LOG_NAME)));
}

function refuse(what: string): never {
  throw new RequestFault(what);
}
