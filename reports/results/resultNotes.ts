import type { SystemResults } from './results.js';

/** What is remarkable of a system; the same of several scenarios is said once. */
export function notesOf({ results }: SystemResults): string[] {
  const scenarios = new Map<string, string[]>();
  for (const { scenario, invalidReasons, remarks } of results)
    for (const note of [...invalidReasons.map((reason) => `INVALID: ${reason}`), ...remarks])
      scenarios.set(note, [...(scenarios.get(note) ?? []), scenario]);
  return [...scenarios].map(([note, of]) => `${[...new Set(of)].join(', ')}: ${note}`);
}
