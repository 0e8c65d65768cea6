import { readSummaryLines } from '../logs/summaryLog.js';
import type { Findings } from './auditResult.js';

export interface SummaryScore {
  readonly scenario: string;
  /** Samples or queries per second; NaN where the summary has none. */
  readonly score: number;
}

/** The line of each scenario's score; of a stream's, the latency that early stopping estimates. */
const SCORE_LINES: Readonly<Record<string, { readonly line: RegExp; readonly isLatency: boolean }>> = {
  SingleStream: { line: /Early stopping (?:90|90\.0|99\.9)th percentile estimate[^:]*: (.*)/, isLatency: true },
  MultiStream: { line: /Early stopping (?:99|99\.0)th percentile estimate[^:]*: (.*)/, isLatency: true },
  Server: { line: /^Completed samples per second[^:]*: (.*)/, isLatency: false },
  Offline: { line: /^Samples per second[^:]*: (.*)/, isLatency: false },
};

/** A run's score as its summary states it, which is where the official script takes it from; and that the run is VALID. */
export async function readSummaryScore(findings: Findings, file: string, whose: string): Promise<SummaryScore> {
  const lines = await readSummaryLines(file);
  const scenario = lastValue(lines, /^Scenario[^:]*: (.*)/);
  const validities = lines.flatMap((line) => /^Result is[^:]*: (.*)/.exec(line)?.[1]?.trim() ?? []);
  if (validities.length === 0 || validities.some((validity) => validity !== 'VALID')) {
    const found = validities.join(', ') || 'not stated';
    findings.add('performance', 'AUDIT_INVALID', `the result in ${whose} summary is ${found}`);
  }
  const scoreLine = Object.hasOwn(SCORE_LINES, scenario) ? SCORE_LINES[scenario] : undefined;
  const value = scoreLine === undefined ? '' : lastValue(lines, scoreLine.line);
  const figure = /^[\d.]+(?:e[+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(figure > 0 && figure < Number.POSITIVE_INFINITY))
    findings.add(
      'performance',
      'AUDIT_NO_SCORE',
      `${whose} summary has no score: scenario "${scenario}", score "${value}"`,
    );
  return { scenario, score: scoreLine?.isLatency ? 1e9 / figure : figure };
}

/** The last line counts. */
function lastValue(lines: readonly string[], pattern: RegExp): string {
  return (
    lines
      .flatMap((line) => pattern.exec(line)?.[1] ?? [])
      .at(-1)
      ?.trim() ?? ''
  );
}
