/**
 * Whether duels tell what long runs tell: `node dist/bench/duelsBesideRuns.js [A [B [MINUTES [DUELS [OPTION...]]]]]`.
 * Measures SingleStream's median of two contestants, one after the other for so many minutes each, then duels of them
 * with these options, and counts the duels whose interval encloses the runs' ratio.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun } from '../reports/figures/measureRun.js';
import { MAIN, runDuel } from './runDuel.js';

const [a = 'onnxruntime', b = 'onnxruntime,precision=int8', minutes = '10', count = '20', ...options] =
  process.argv.slice(2);

const mediansNs = [await measureMedianNs(a), await measureMedianNs(b)];
const ratio = (mediansNs[1] ?? Number.NaN) / (mediansNs[0] ?? Number.NaN);
const mediansMs = mediansNs.map((ns) => (ns / 1e6).toFixed(2));
console.log(`medians of ${minutes} minutes: ${mediansMs.join(' and ')} ms, ratio ${ratio.toFixed(4)}`);

let enclosing = 0;
for (let duel = 1; duel <= Number(count); duel++) {
  const { figures } = runDuel([a, b], ['--scenario', 'SingleStream', '--seed', String(duel), ...options]);
  const median = figures.find(({ name }) => name === 'p50');
  if (median === undefined) throw new Error('the duel has no median with an interval');
  const [lower, upper] = median.interval;
  const isEnclosed = lower <= ratio && ratio <= upper;
  if (isEnclosed) enclosing++;
  console.log(
    `${duel}: ${median.ratio.toFixed(4)} (${lower.toFixed(4)}–${upper.toFixed(4)})${isEnclosed ? '' : ', without it'}`,
  );
}
console.log(`${enclosing} of ${count} duels enclose the ratio of the runs`);

async function measureMedianNs(contestant: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'long-run-'));
  try {
    const settings = join(folder, 'user.conf');
    writeFileSync(settings, `*.SingleStream.min_duration = ${Math.round(Number(minutes) * 60_000)}\n`);
    const [sut = '', ...choices] = contestant.split(',');
    const chosen = choices.map((choice) => `--${choice}`);
    const run = join(folder, 'run');
    const args = ['run', '--sut', sut, ...chosen, '--scenario', 'SingleStream', '--mode', 'PerformanceOnly'];
    const { status, stderr } = spawnSync(
      process.execPath,
      [MAIN, ...args, '--user-conf', settings, '--no-trace', '--output', run],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`the run ended with exit code ${status}: ${stderr}`);
    const { tests } = await readRun(run);
    const median = tests[0]?.figures.find(({ name }) => name === 'p50');
    if (median === undefined) throw new Error('the run has no median');
    return median.value;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
