import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newsIn } from './news.js';

/** The slowest file takes half a minute, on a busy machine five. */
const FILE_LIMIT_MS = 10 * 60_000;

const MESSAGE_LENGTH = 200;
const PROGRAM = fileURLToPath(new URL('./runFiles.js', import.meta.url));
const BEGINNING = 'it is read, or its first test has not been heard of';
const REPORTER = new URL('./newsReporter.js', import.meta.url).href;

export interface FileTime {
  readonly file: string;
  /** From reading it to the end of its tests. */
  readonly ms: number;
  readonly slowestTest: string;
  readonly slowestMs: number;
}

/** What came of the files that one process ran. */
export interface UnitOutcome {
  readonly files: readonly FileTime[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each test that failed, with its file. */
  readonly failures: readonly string[];
  /** What Node's test runner says of it, and what the tests printed. */
  readonly text: string;
}

/** Runs test files one after the other in a process of their own, which is ended where one file takes too long. */
export async function runUnit(files: readonly string[]): Promise<UnitOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'test-unit-'));
  const report = join(folder, 'report');
  const child = spawn(
    process.execPath,
    [
      ...['--test-reporter=spec', `--test-reporter-destination=${report}`],
      ...[`--test-reporter=${REPORTER}`, '--test-reporter-destination=stdout'],
      ...[PROGRAM, ...files],
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const times: FileTime[] = [];
  const failures: string[] = [];
  const counts = new Map<string, number>();
  let [printed, doing, begunMs] = ['', BEGINNING, performance.now()];
  let [slowestTest, slowestMs] = ['', 0];
  let fault: string | undefined;
  const place = () => `${files[times.length] ?? 'after the last file'} (${doing})`;
  const limit = setTimeout(() => {
    fault = `${place()} took more than ${FILE_LIMIT_MS / 60_000} minutes, and was ended`;
    child.kill('SIGKILL');
  }, FILE_LIMIT_MS);
  const endTest = (test: string, ms: number) => {
    if (test !== files[times.length]) {
      if (ms > slowestMs) [slowestTest, slowestMs] = [test, ms];
      return;
    }
    times.push({ file: test, ms: performance.now() - begunMs, slowestTest, slowestMs });
    [slowestTest, slowestMs, doing, begunMs] = ['', 0, BEGINNING, performance.now()];
    limit.refresh();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  child.on('message', (message) => {
    const told = newsIn(message);
    if (told?.news === 'start') doing = `in "${told.test}"`;
    else if (told?.news === 'failure') failures.push(describeFailure(files[times.length], told.test, told.message));
    else if (told?.news === 'count') counts.set(told.what, told.count);
    else if (told?.news === 'end') endTest(told.test, told.ms);
  });
  const ending = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  clearTimeout(limit);
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  rmSync(folder, { recursive: true, force: true });
  const count = (what: string) => counts.get(what) ?? 0;
  const failed = count('fail') + count('cancelled');
  const isWhole = times.length === files.length && (failed > 0 || ending === 'exit code 0');
  if (!isWhole) fault ??= `${place()}: the process ended with ${ending}`;
  return {
    files: times,
    // Each file ends with a test of its name.
    passed: Math.max(0, count('pass') - times.length),
    failed: failed + (fault === undefined ? 0 : 1),
    skipped: count('skipped'),
    failures: fault === undefined ? failures : [...failures, fault],
    text: [text.replaceAll(/^ℹ .*\n/gm, ''), printed, fault === undefined ? '' : `✖ ${fault}\n`].join(''),
  };
}

function describeFailure(file: string | undefined, test: string, message: string): string {
  const [firstLine = ''] = message.trim().split('\n');
  return `${file ?? 'after the last file'} (${test}): ${firstLine.slice(0, MESSAGE_LENGTH)}`;
}
