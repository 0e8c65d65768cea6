/** One folder of each kind that results are read from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResults } from '../../../reports/results/readResults.js';
import type { Results } from '../../../reports/results/results.js';
import { type DuelJson, writeDuelJson } from '../../../runs/duelJson.js';
import { aDuel, aPhase } from '../duel/aDuel.js';
import { newFolder } from '../figures/runFolders.js';
import { type RunOptions, writeRun } from '../html/reportRuns.js';

/** A run of ours: with run.json, and data that are those of `duelFolder`. */
export function runFolder(sut: string, options: RunOptions): string {
  const folder = writeRun({ ...options, values: { dataset_sha256: `"${'0'.repeat(64)}"`, ...options.values } });
  const run = { version: 1, network: 'sphereface20', sut, quick: false, system: { processor: 'a processor' } };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
  return folder;
}

/** Of two contestants that stayed and one that left, in a folder of its own; with a contestant's run. */
export function duelFolder(changes: Partial<DuelJson> = {}): string {
  const folder = newFolder();
  const phases = [
    aPhase('SingleStream', [1e6, 5e5, 1e6], { samplesPerRound: 20 }),
    aPhase('Offline', [3e6, 2e6, 9e6], { rounds: 20 }),
  ];
  writeDuelJson(folder, { ...aDuel(phases, [null, null, 'it failed (SUT_FAILED)']), ...changes });
  mkdirSync(join(folder, '1-system', 'Offline', 'accuracy'), { recursive: true });
  writeFileSync(join(folder, '1-system', 'Offline', 'accuracy', 'mlperf_log_detail.txt'), 'not a log');
  return folder;
}

/** Of runs `fast`, of 0.5 ms and INVALID, and one of this name, of 2 ms; then of the duel's `system-1` to `system-3`. */
export async function manyResults(name: string): Promise<Results> {
  const invalid = { result_validity: '"INVALID"', result_min_duration_met: 'false' };
  return await readResults([
    runFolder('fast', { seed: 1, queryCount: 500, meanNs: 5e5, values: invalid }),
    runFolder(name, { seed: 2, queryCount: 500, meanNs: 2e6 }),
    duelFolder(),
  ]);
}
