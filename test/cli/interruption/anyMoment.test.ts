/** Commands that do not tell their steps are interrupted at moments from their beginning to their end. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256Of } from '../../../platform/node/files.js';
import { virtualRun } from '../../submission/virtualRun.js';
import { type Ended, loadgen, start, temporaryFolder } from '../loadgen.js';
import { assertInterrupted, handlesSignals, type Signal, showsHandlers } from './interrupt.js';

/** So many that to read them takes a while. */
const PERSONS = 1000;
/** Of the time from when a command handles signals to its end. */
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 0.95];

const inputs = mkdtempSync(join(tmpdir(), 'interrupted-'));
after(() => rmSync(inputs, { recursive: true, force: true }));
const faces = join(inputs, 'faces');
const weights = join(inputs, 'sphereface20.safetensors');

before(async () => {
  for (let person = 0; person < PERSONS; person++) {
    const folder = join(faces, `person-${person}`);
    mkdirSync(folder, { recursive: true });
    // Of one size, so that all of them are read.
    for (const name of ['1.jpg', '2.jpg']) writeFileSync(join(folder, name), `${name} of ${person}`.padEnd(100));
  }
  await virtualRun(join(inputs, 'run'), { audits: false });
  await loadgen(['model', 'export', '--format', 'safetensors', '--output', inputs]);
});

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  pairs: ['pairs', faces, '--output', 'pairs.txt'],
  'model export': ['model', 'export', '--format', 'tfjs', '--output', 'exported'],
  'model import': ['model', 'import', weights, '--output', 'imported.safetensors'],
  'model info': ['model', 'info', weights],
  report: ['report', 'run'],
  export: ['export', 'run', '--json', '--hgrm', '--hlog', '--csv', '--trace'],
};

describe('interrupted at any moment', { concurrency: 2, skip: !showsHandlers && 'nothing tells when' }, () => {
  for (const [name, args] of Object.entries(COMMANDS)) {
    test(`${name} leaves whole files or none`, async (t) => {
      const whole = await runToEnd(t, args);
      for (const [index, share] of SHARES.entries()) {
        const signal = index % 2 === 0 ? 'SIGINT' : 'SIGTERM';
        const { ended, files } = await interruptAfter(t, args, signal, share * whole.workMs);
        for (const [file, digest] of files) assert.equal(digest, whole.files.get(file), file);
        assertEnded(ended, share > 0 && files.size === whole.files.size);
      }
    });
  }
});

/**
 * @param isDone whether all is there: then it may have come to its end before, or Node.js may have been ending and heard
 *   no signal any more
 */
function assertEnded(ended: Ended, isDone: boolean): void {
  if (!isDone || (ended.exitCode !== 0 && ended.exitCode !== null)) assertInterrupted(ended);
}

async function runToEnd(t: TestContext, args: readonly string[]) {
  const cwd = await newFolder(t);
  const running = start(args, { cwd });
  await handlesSignals(running);
  const startMs = performance.now();
  const { exitCode, stderr } = await running.ended;
  assert.equal(exitCode, 0, stderr);
  return { files: digestsOf(cwd), workMs: performance.now() - startMs };
}

async function interruptAfter(
  t: TestContext,
  args: readonly string[],
  signal: Signal,
  afterMs: number,
): Promise<{ ended: Ended; files: Map<string, string> }> {
  const cwd = await newFolder(t);
  const running = start(args, { cwd });
  await handlesSignals(running);
  await Promise.race([sleep(afterMs), running.ended]);
  running.process.kill(signal);
  return { ended: await running.ended, files: digestsOf(cwd) };
}

async function newFolder(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t);
  cpSync(join(inputs, 'run'), join(folder, 'run'), { recursive: true });
  return folder;
}

function digestsOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length), sha256Of(readFileSync(path))]));
}
