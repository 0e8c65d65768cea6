/**
 * Our LoadGen beside the official one in C++, with a system that answers at once: how many queries a second SingleStream
 * issues, and samples Offline; how late Server issues 10,000 queries a second, on an idle machine and while a thread on
 * each core computes the network. `node dist/bench/officialLoadGen/main.js CHECKOUT [ROUNDS]` builds the official one from
 * a checkout of mlcommons/inference, with CMake and a C++ compiler. Both write their logs, and take turns in processes of
 * their own; the figures are those of their detail logs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { readLogValues } from '../../platform/node/openLog.js';
import { buildOfficial } from './build.js';
import { argumentsOf, type Series } from './series.js';

const LATENESS = 'result_99.00_percentile_latency_ns';
const STREAM: Series = { scenario: 'SingleStream', queries: 2_000_000, qps: 1, seconds: 0 };
const OFFLINE: Series = { scenario: 'Offline', queries: 2_000_000, qps: 1, seconds: 0 };
const SERVER: Series = { scenario: 'Server', queries: 1, qps: 10_000, seconds: 5 };

type LoadGenName = 'ours' | 'official';

const [checkout, rounds = '5'] = process.argv.slice(2);
if (checkout === undefined) {
  console.error('Name a checkout of mlcommons/inference.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'official-loadgen-'));
try {
  const programs: Readonly<Record<LoadGenName, readonly string[]>> = {
    official: [buildOfficial(checkout, folder)],
    ours: [process.execPath, fileURLToPath(new URL('./ours.js', import.meta.url))],
  };
  await compare(programs, 'SingleStream, million queries a second', STREAM, 'result_qps_with_loadgen_overhead', 1e-6);
  await compare(programs, 'Offline, million samples a second', OFFLINE, 'result_samples_per_second', 1e-6);
  await compare(programs, 'Server, idle: p99 of lateness [us]', SERVER, LATENESS, 1e-3);
  const burners = await Promise.all(Array.from({ length: availableParallelism() }, startBurner));
  await compare(programs, 'Server, all cores computing: p99 of lateness [us]', SERVER, LATENESS, 1e-3);
  await Promise.all(burners.map((burner) => burner.terminate()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(
  programs: Readonly<Record<LoadGenName, readonly string[]>>,
  title: string,
  series: Series,
  key: string,
  unit: number,
): Promise<void> {
  console.log(`${title}:`);
  const figures: Record<LoadGenName, number[]> = { ours: [], official: [] };
  for (let round = 0; round < Number(rounds); round++) {
    for (const name of round % 2 === 0 ? (['official', 'ours'] as const) : (['ours', 'official'] as const)) {
      const logs = join(folder, 'logs');
      rmSync(logs, { recursive: true, force: true });
      mkdirSync(logs);
      const [program = '', ...args] = [...programs[name], ...argumentsOf(series, logs)];
      execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      figures[name].push((await readLogValues(logs)).number(key) * unit);
    }
  }
  const texts = (name: LoadGenName) => figures[name].map((figure) => figure.toFixed(2)).join(' ');
  console.log(`  official ${texts('official')}\n  ours     ${texts('ours')}`);
  const ratio = medianOf(figures.ours) / medianOf(figures.official);
  console.log(`  of the medians: ours is ${ratio.toFixed(2)} times the official\n`);
}

function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}

/** A thread that runs inferences until it is terminated. */
function startBurner(): Promise<Worker> {
  const worker = new Worker(new URL('../inferenceBurner.js', import.meta.url));
  return new Promise((resolve) => worker.once('message', () => resolve(worker)));
}
