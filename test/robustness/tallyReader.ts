import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DamagedReader } from './damagedReader.js';
import type { RecordLine } from './readDamaged.js';

export const MAX_MS = 5000;
export const MAX_BYTES = 1e9;

const CHILD = fileURLToPath(new URL('./readDamaged.js', import.meta.url));
/** Engines keep some memory of each model that they opened. */
const COPIES_PER_CHILD = { engine: 250, other: 2500 };
/** How long a child may be silent before it is killed: starting, or reading one copy, on a machine however busy. */
const SILENCE_MS = 120_000;
const POLL_MS = 200;

export interface Failure {
  readonly index: number;
  readonly what: string;
}

export interface Tally {
  readonly reader: DamagedReader;
  readonly copies: number;
  accepted: number;
  /** By error code. */
  readonly refused: Map<string, number>;
  /** Copies that ended a process of an engine, which in a run ends the measuring process. */
  readonly contained: Failure[];
  readonly failures: Failure[];
  slowestMs: number;
  peakBytes: number;
}

/** Feeds copies `first` to `first + copies - 1` to a reader, in child processes: a crash costs one, and is counted. */
export async function tallyReader(
  reader: DamagedReader,
  { seed, first, copies }: { readonly seed: number; readonly first: number; readonly copies: number },
): Promise<Tally> {
  const tally: Tally = {
    reader,
    copies,
    accepted: 0,
    refused: new Map(),
    contained: [],
    failures: [],
    slowestMs: 0,
    peakBytes: 0,
  };
  const perChild = reader.isEngine ? COPIES_PER_CHILD.engine : COPIES_PER_CHILD.other;
  for (let next = first; next < first + copies; ) {
    const end = Math.min(first + copies, next + perChild);
    const { lines, ending, stderr } = await runChild(reader.name, seed, next, end);
    const last = countLines(tally, lines);
    if (last === end - 1 && lines.at(-1) !== undefined && 'ended' in (lines.at(-1) ?? {})) {
      next = end;
      continue;
    }
    if (last < next) {
      tally.failures.push({ index: next, what: `the reader does not start: ${ending} ${stderr}` });
      return tally;
    }
    const crash = { index: last, what: `${ending} ${stderr}`.trim() };
    (reader.isEngine ? tally.contained : tally.failures).push(crash);
    next = last + 1;
  }
  return tally;
}

/** The last copy that was begun. */
function countLines(tally: Tally, lines: readonly RecordLine[]): number {
  let last = -1;
  for (const line of lines) {
    if ('starts' in line) {
      last = line.starts;
      continue;
    }
    const { ended: index, outcome, ms, peakBytes } = line;
    tally.slowestMs = Math.max(tally.slowestMs, ms);
    tally.peakBytes = Math.max(tally.peakBytes, peakBytes);
    if (ms > MAX_MS) tally.failures.push({ index, what: `it took ${Math.round(ms)} ms` });
    if (outcome.kind === 'accepted') tally.accepted++;
    if (outcome.kind === 'refused') tally.refused.set(outcome.code, (tally.refused.get(outcome.code) ?? 0) + 1);
    if (outcome.kind === 'foreign') tally.failures.push({ index, what: outcome.message });
  }
  return last;
}

interface ChildRun {
  readonly lines: readonly RecordLine[];
  /** `exit code 1`, `SIGSEGV`, ... */
  readonly ending: string;
  readonly stderr: string;
}

function runChild(reader: string, seed: number, first: number, end: number): Promise<ChildRun> {
  const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
  const record = join(folder, 'record');
  const args = ['--expose-gc', CHILD, reader, String(seed), String(first), String(end), record, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('latin1')).slice(-2000);
  });
  let [size, grownMs, ending] = [0, performance.now(), ''];
  const watch = setInterval(() => {
    const now = existsSync(record) ? statSync(record).size : 0;
    if (now !== size) [size, grownMs] = [now, performance.now()];
    if (performance.now() - grownMs < SILENCE_MS) return;
    ending = `killed after ${SILENCE_MS / 1000} s`;
    child.kill('SIGKILL');
  }, POLL_MS);
  return new Promise((resolve) =>
    child.on('close', (code, signal) => {
      clearInterval(watch);
      const text = existsSync(record) ? readFileSync(record, 'utf8') : '';
      rmSync(folder, { recursive: true, force: true });
      const lines = text
        .split('\n')
        .slice(0, -1)
        .map((line): RecordLine => JSON.parse(line));
      resolve({ lines, ending: ending || (signal ?? `exit code ${code}`), stderr: stderr.trim().slice(-600) });
    }),
  );
}
