/**
 * Time and memory of `loadgen compare` for ten runs of a million queries each, with and without a page of charts. The
 * runs are made here by a system that answers at once; they leave latency logs, or only traces, as the official LoadGen's
 * runs do. `node dist/bench/compareRuns.js [latencies | trace] [RUNS] [QUERIES]`; a million queries make 450 MB of trace.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LATENCY_LOG_NAME } from '../logs/latencies/read.js';
import { defaultLogSettings, defaultTestSettings, type SystemUnderTest, startTest } from '../platform/node/index.js';
import { emptyLibrary } from './bareHarness.js';

const source = process.argv[2] ?? 'latencies';
const runs = Number(process.argv[3] ?? 10);
const queries = Number(process.argv[4] ?? 1_000_000);

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));
const TELL_MEMORY = 'data:text/javascript,process.on("exit",()=>console.error(process.resourceUsage().maxRSS))';

const folder = mkdtempSync(join(tmpdir(), 'compare-runs-'));
try {
  const folders = Array.from({ length: runs }, (_, run) => join(folder, `run-${run}`));
  for (const outdir of folders) await makeRun(outdir);
  const page = join(folder, 'page.html');
  console.log(`${runs} runs of ${queries} queries, from ${source}: ${measure([...folders, '--json'])}`);
  console.log(`with a page: ${measure([...folders, '--json', '--html', page])}, of ${statSync(page).size} bytes`);
} finally {
  rmSync(folder, { recursive: true });
}

function measure(args: readonly string[]): string {
  const startMs = performance.now();
  const command = ['--import', TELL_MEMORY, MAIN, 'compare', ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`compare ended with exit code ${status}: ${stderr}`);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const mebibytes = Number(/(\d+)\s*$/.exec(stderr)?.[1]) / 1024;
  return `${seconds} s, at most ${mebibytes.toFixed(0)} MiB`;
}

async function makeRun(outdir: string): Promise<void> {
  const sut: SystemUnderTest = {
    name: 'answers at once',
    issueQuery: ([sample], responder) =>
      responder.querySamplesComplete([{ id: sample?.id ?? -1, data: new Uint8Array(0) }]),
    flushQueries: () => {},
  };
  const settings = { ...defaultTestSettings(), minDurationMs: 0, minQueryCount: queries };
  const logSettings = { ...defaultLogSettings(), outdir, enableTrace: source === 'trace' };
  const result = await startTest(sut, emptyLibrary, settings, logSettings);
  if (result.state === 'brokenOff') throw result.reason;
  if (source === 'trace') rmSync(join(outdir, LATENCY_LOG_NAME));
}
