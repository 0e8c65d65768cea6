import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { duelResultSchema } from '../reports/duel/duelResult.js';

export const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));

/** Runs `loadgen duel` of two contestants, and tells what it says of the second one. */
export function runDuel(contestants: readonly string[], options: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'duel-'));
  try {
    const args = [MAIN, 'duel', ...contestants, '--output', join(folder, 'duel'), '--json', ...options];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, ...variables },
    });
    if (status !== 0) throw new Error(`the duel ended with exit code ${status}: ${stderr}`);
    const { scenarios } = duelResultSchema.parse(JSON.parse(stdout));
    const figures = scenarios.flatMap(({ figures }) =>
      figures.flatMap(({ name, values: [, value] }) => {
        if (value == null || value.interval === null || value.verdict === 'baseline') return [];
        return [{ name, ratio: value.ratio, interval: value.interval, verdict: value.verdict }];
      }),
    );
    return { figures, ends: scenarios.map(({ scenario, end, rounds }) => `${scenario} ${rounds} rounds, ${end}`) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
