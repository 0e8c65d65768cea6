import type { Gate, GateResult } from './gateSchema.js';

const WORDS: Readonly<Record<GateResult['outcome'], string>> = {
  exceeded: 'FAILED',
  kept: 'passed',
  'not shown': 'passed: not shown',
  'cannot tell': 'passed: cannot tell',
};

/** A line for each result. */
export function gateLines({ results }: Gate): string[] {
  return results.map((result) => `${WORDS[result.outcome]}: ${result.threshold}: ${changeText(result)}`);
}

/** `Offline p90 of after is +12.3 % (+8.1 to +16.7 %)`. */
export function changeText({ scenario, figure, name, change, interval, unit, reason }: GateResult): string {
  const suffix = unit === '%' ? ' %' : ' points';
  const of = `${scenario} ${figure} of ${name}`;
  if (change === null) return `${of}: ${reason}`;
  const [lower, upper] = interval ?? [change, change];
  const range = lower === upper ? '' : ` (${signed(lower)} to ${signed(upper)}${suffix})`;
  return `${of} changed by ${signed(change)}${suffix}${range}${reason === null ? '' : `; ${reason}`}`;
}

/** With a sign, and two decimals at most. */
function signed(value: number): string {
  const rounded = Number(value.toFixed(2));
  return rounded < 0 ? String(rounded) : `+${Math.abs(rounded)}`;
}
