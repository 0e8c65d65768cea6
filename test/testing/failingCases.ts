import type { ContractCase } from '../../testing/index.js';

/** Starts all cases at once, which is to make no difference; returns the names of those that fail. */
export async function failingCases(cases: readonly ContractCase[]): Promise<string[]> {
  const failing: string[] = [];
  await Promise.all(cases.map(({ name, run }) => run().catch(() => failing.push(name))));
  return failing;
}
