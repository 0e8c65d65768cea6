import { textFault } from '../../logs/detail/syntax.js';
import { readSummaryLines } from '../../logs/summary/read.js';
import { openLog } from '../../platform/node/openLog.js';
import type { FindingCollector } from './findingCollector.js';

export interface SummaryScore {
  readonly scenario: string;
  /** Samples or queries per second; NaN where the summary has none. */
  readonly score: number;
}

const SCENARIO = /^Scenario[^:]*: (.*)/;
/** The line of each scenario's score; of a stream's, the latency that early stopping estimates. */
const SCORE_LINES: Readonly<Record<string, { readonly line: RegExp; readonly isLatency: boolean }>> = {
  SingleStream: { line: /Early stopping (?:90|90\.0|99\.9)th percentile estimate[^:]*: (.*)/, isLatency: true },
  MultiStream: { line: /Early stopping (?:99|99\.0)th percentile estimate[^:]*: (.*)/, isLatency: true },
  Server: { line: /^Completed samples per second[^:]*: (.*)/, isLatency: false },
  Offline: { line: /^Samples per second[^:]*: (.*)/, isLatency: false },
};

/** A run's score as its summary states it, which is where the official script takes it from; and that the run is VALID. */
export async function readSummaryScore(findings: FindingCollector, file: string, whose: string): Promise<SummaryScore> {
  const lines = await readSummaryLines(await openLog(file));
  const fault = (code: string, what: string) => findings.add('performance', code, `${whose} summary ${what}`);
  for (const [index, line] of lines.entries()) {
    const expected = textFault(line);
    if (expected !== undefined) fault('AUDIT_LOG_SYNTAX', `${file}:${index + 1}: found ${line}, expected ${expected}`);
  }
  const validities = valuesOf(lines, /^Result is[^:]*: (.*)/);
  if (validities.length === 0 || validities.some((validity) => validity !== 'VALID'))
    fault('AUDIT_INVALID', `says that the result is ${validities.join(', ') || 'neither VALID nor INVALID'}`);
  const scenarios = valuesOf(lines, SCENARIO);
  const [scenario = ''] = scenarios;
  const scoreLine = Object.hasOwn(SCORE_LINES, scenario) ? SCORE_LINES[scenario] : undefined;
  if (scoreLine === undefined || scenarios.length > 1) {
    fault('AUDIT_NO_SCORE', `is of "${scenarios.join(', ')}"; expected one of the four scenarios`);
    return { scenario, score: Number.NaN };
  }
  // The official script knows no score before it knows the scenario; of several, it takes the last.
  const afterScenario = lines.slice(lines.findIndex((line) => SCENARIO.test(line)));
  const value = valuesOf(afterScenario, scoreLine.line).at(-1) ?? '';
  const figure = /^[\d.]+(?:e[+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(figure > 0 && figure < Number.POSITIVE_INFINITY))
    fault('AUDIT_NO_SCORE', `has "${value}" for a score; expected a number above 0`);
  return { scenario, score: scoreLine.isLatency ? 1e9 / figure : figure };
}

function valuesOf(lines: readonly string[], pattern: RegExp): string[] {
  return lines.flatMap((line) => pattern.exec(line)?.[1]?.trim() ?? []);
}
