import type { RunRow, Verdict } from '../../reports/index.js';

/**
 * What to do about performance tests that were too short because the system is faster than the settings expect: the
 * lines for a `user.conf`, from what was measured. Nothing if there was none.
 */
export function adviceText(rows: readonly RunRow[]): string {
  const lines = rows.flatMap((row) => settingLine(row) ?? []);
  if (lines.length === 0) return '';
  return ['For a VALID run, put into a file and give it with --user-conf:', ...lines].join('\n  ');
}

/** Faster than this is no network: the minimum duration would take more queries than can be held in memory. */
const MIN_PAIR_NS = 100_000;

function settingLine(row: RunRow): string | undefined {
  switch (row.kind) {
    case 'Accuracy':
    case 'BrokenOff':
      return undefined;
    case 'SingleStreamPerformance': {
      const { p50 } = row.latencyNs;
      return isTooShort(row) && p50 >= MIN_PAIR_NS
        ? `*.SingleStream.target_latency = ${rounded(p50 / 1e6)}`
        : undefined;
    }
    case 'MultiStreamPerformance': {
      const { p50 } = row.latencyNs;
      return isTooShort(row) && p50 >= MIN_PAIR_NS ? `*.MultiStream.target_latency = ${rounded(p50 / 1e6)}` : undefined;
    }
    case 'ServerPerformance':
      // Server's schedule is as long as it should be; what it needs to be VALID is a rate that the system can bear.
      return undefined;
    case 'OfflinePerformance': {
      const { pairsPerSecond } = row;
      return isTooShort(row) && pairsPerSecond <= 1e9 / MIN_PAIR_NS
        ? `*.Offline.target_qps = ${rounded(pairsPerSecond)}`
        : undefined;
    }
  }
}

function isTooShort({ invalidReasons }: Verdict): boolean {
  return invalidReasons.some((reason) => /minimum duration/i.test(reason));
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
