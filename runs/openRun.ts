import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { ACCURACY_LOG_NAME } from '../logs/accuracy/read.js';
import { DETAIL_LOG_NAME } from '../logs/detail/read.js';
import type { LogValues } from '../logs/detail/values.js';
import type { LogSource } from '../logs/logSource.js';
import { TRACE_LOG_NAME } from '../logs/trace/read.js';
import { openLog, readLogValues } from '../platform/node/openLog.js';
import { readAccuracyText } from './accuracyFile.js';
import type { AccuracyFigure, OtherAccuracy } from './accuracyText.js';
import { findTests } from './findTests.js';
import type { Judging, LabelledPair, RunJson } from './jsonFormats.js';
import { readJudging } from './judging.js';
import { ACCURACY_TEXT, JUDGING_JSON, PAIRS_JSON } from './layout.js';
import { readLabelledPairs } from './pairs.js';
import { readLatencies } from './readLatencies.js';
import { readRunJson } from './runJson.js';
import type { LatencySource, TestLogs } from './testLogs.js';

/** What a run left in its folder, ours or the official LoadGen's. */
export interface Run {
  readonly folder: string;
  /**
   * Undefined in the folder of an official run.
   *
   * @throws RUN_JSON if it cannot be read
   */
  json(): Promise<RunJson | undefined>;
  /**
   * Opens the tests one after another. A test holds what was read of it, so drop it before the next one. One whose logs
   * end early, as a kill or a full disk leaves them, is left out.
   *
   * @param onUnfinished is called with each of these
   * @throws REPORT_LOG_TRUNCATED, REPORT_DETAIL_LOG if there is no other; REPORT_* if a detail log cannot be read
   */
  tests(onUnfinished?: (test: UnfinishedTest) => void): AsyncIterable<RunTest>;
}

export interface UnfinishedTest {
  readonly folder: string;
  readonly reason: string;
}

/**
 * Opens a run's folder: finds its tests, and reads none of their logs.
 *
 * @throws REPORT_RUN_FOLDER, REPORT_NO_LOGS, REPORT_SEVERAL_RUNS if the folder is not that of one run
 */
export async function openRun(folder: string): Promise<Run> {
  const testFolders = await findTests(folder);
  return {
    folder,
    json: () => readRunJson(folder),
    tests: (onUnfinished) => openTests(testFolders, onUnfinished),
  };
}

async function* openTests(
  folders: readonly string[],
  onUnfinished: (test: UnfinishedTest) => void = () => {},
): AsyncGenerator<RunTest> {
  const unfinished: LoadGenError[] = [];
  for (const folder of folders) {
    const test = new RunTest(folder);
    const fault = await test.detail().then(
      () => undefined,
      (thrown: unknown) => endsEarly(folder, thrown),
    );
    if (fault === undefined) {
      yield test;
      continue;
    }
    unfinished.push(fault);
    onUnfinished({ folder, reason: fault.message });
  }
  const [first] = unfinished;
  if (first !== undefined && unfinished.length === folders.length) throw first;
}

/** Throws what a detail log that does not end early cannot be read for. */
function endsEarly(folder: string, thrown: unknown): LoadGenError {
  if (!(thrown instanceof LoadGenError)) throw thrown;
  const isEmpty = statSync(join(folder, DETAIL_LOG_NAME), { throwIfNoEntry: false })?.size === 0;
  if (thrown.code !== 'REPORT_LOG_TRUNCATED' && !isEmpty) throw thrown;
  return thrown;
}

/** One test of a run. Each file is read when it is first asked for, and once. */
export class RunTest implements TestLogs {
  readonly folder: string;
  #detail: Promise<LogValues> | undefined;
  #latencies: Promise<LatencySource> | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  detail(): Promise<LogValues> {
    this.#detail ??= readLogValues(this.folder);
    return this.#detail;
  }

  /** Of a performance test that was not broken off. */
  latencies(): Promise<LatencySource> {
    this.#latencies ??= this.detail().then(async (log) => readLatencies(this.folder, log, await this.trace()));
    return this.#latencies;
  }

  /** Undefined where the test left none, or an empty one, as the official LoadGen does without tracing. */
  async trace(): Promise<LogSource | undefined> {
    const trace = this.#has(TRACE_LOG_NAME) ? await openLog(join(this.folder, TRACE_LOG_NAME)) : undefined;
    return trace?.sizeBytes === 0 ? undefined : trace;
  }

  /** Undefined where there is none. */
  async accuracyLog(): Promise<LogSource | undefined> {
    return this.#has(ACCURACY_LOG_NAME) ? openLog(join(this.folder, ACCURACY_LOG_NAME)) : undefined;
  }

  /** What accuracy.txt states; undefined where there is none. */
  async accuracy(): Promise<AccuracyFigure | OtherAccuracy | undefined> {
    return this.#has(ACCURACY_TEXT) ? readAccuracyText(this.folder) : undefined;
  }

  /** By sample index; undefined where there are none. */
  async pairs(): Promise<readonly LabelledPair[] | undefined> {
    return this.#has(PAIRS_JSON) ? readLabelledPairs(this.folder) : undefined;
  }

  /** Undefined where there is none. */
  async judging(): Promise<Judging | undefined> {
    return this.#has(JUDGING_JSON) ? readJudging(this.folder) : undefined;
  }

  #has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }
}
