import type { BenchmarkResults } from './results.js';

/** `sphereface20 on 60 samples of synthetic` */
export function benchmarkName({ network, data: { name, samples } }: BenchmarkResults): string {
  const count = samples === null ? '' : `${samples.toLocaleString('en-US')} samples of `;
  return `${network ?? 'Unknown network'} on ${count}${name ?? 'unnamed data'}`;
}
