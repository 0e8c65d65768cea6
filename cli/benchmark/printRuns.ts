import { type MeasuredRun, readRun } from '../../reports/figures/measureRun.js';
import type { MeasuredTest } from '../../reports/figures/measureTest.js';
import { readRunResult } from '../../reports/result/readRunResult.js';
import { runTable } from '../../reports/runTable.js';
import { hasColor } from '../terminal.js';
import { adviceText } from './advice.js';
import { QUICK_PAIRS } from './quick.js';

const QUICK_NOTE = `A quick look: ${QUICK_PAIRS} pairs, and some seconds a test, which other work can spoil.
A full run asks for all pairs, for ten minutes a test at least: loadgen run`;

export interface PrintOptions {
  readonly json: boolean;
  readonly quick: boolean;
}

/** The results of a run, as a table or as JSON. */
export async function printRun(
  measured: readonly MeasuredTest[],
  runFolder: string,
  { json, quick }: PrintOptions,
): Promise<void> {
  if (measured.length === 0) return;
  if (json) {
    console.log(JSON.stringify(await readRunResult(runFolder), undefined, 2));
    return;
  }
  console.log(runTable(measured, { color: hasColor(process.stdout) }));
  console.log(`Logs: ${runFolder}`);
  if (quick) console.log(QUICK_NOTE);
  printAdvice(measured, quick);
}

/** What repeated runs measured, and how far apart it lies; as JSON, a list of their results. */
export async function printRepeats(
  folders: readonly string[],
  name: string,
  { json, quick }: PrintOptions,
): Promise<void> {
  const [first] = folders;
  if (first === undefined) return;
  if (json) {
    const results: unknown[] = [];
    for (const folder of folders) results.push(await readRunResult(folder));
    console.log(JSON.stringify(results, undefined, 2));
    return;
  }
  // Only repeated runs are compared.
  const { spreadTable } = await import('../../reports/compare/groups/spreadTable.js');
  const measured: MeasuredRun[] = [];
  for (const folder of folders) measured.push(await readRun(folder));
  console.log(spreadTable(measured, { color: hasColor(process.stdout) }));
  console.log(folders.length === 1 ? `Logs: ${first}` : `Logs: ${first} to ${folders.at(-1)}`);
  printAdvice(measured.at(-1)?.tests ?? [], quick);
  if (folders.length > 1)
    console.log(`To compare with repeated runs of another system: loadgen compare ${name} --against OTHER`);
}

function printAdvice(measured: readonly MeasuredTest[], quick: boolean): void {
  const advice = quick ? '' : adviceText(measured);
  if (advice !== '') console.log(advice);
}
