import type { ContractCase } from '../../testing/index.js';

/** Runs the cases one after another; returns the names of those that fail. */
export async function failingCases(cases: readonly ContractCase[]): Promise<string[]> {
  const failing: string[] = [];
  for (const { name, run } of cases) await run().catch(() => failing.push(name));
  return failing;
}
