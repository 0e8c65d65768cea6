import type { BenchmarkResults, SystemResults } from './results.js';

/** `sphereface20 on 60 samples of synthetic` */
export function benchmarkName({ network, data: { name, samples } }: BenchmarkResults): string {
  const count = samples === null ? '' : `${samples.toLocaleString('en-US')} samples of `;
  return `${network ?? 'Unknown network'} on ${count}${name ?? 'unnamed data'}`;
}

/** What is remarkable of a system; the same of several scenarios is said once. */
export function notesOf({ results }: SystemResults): string[] {
  const scenarios = new Map<string, string[]>();
  for (const { scenario, invalidReasons, remarks } of results)
    for (const note of [...invalidReasons.map((reason) => `INVALID: ${reason}`), ...remarks])
      scenarios.set(note, [...(scenarios.get(note) ?? []), scenario]);
  return [...scenarios].map(([note, of]) => `${[...new Set(of)].join(', ')}: ${note}`);
}
