import { LoadGenError } from '../../base/errors.js';
import type { Change, Difference } from './change.js';
import type { Gate, GateResult } from './gateSchema.js';
import type { Threshold } from './threshold.js';

/** Far less than anyone means, and more than what subtracting shares loses. */
const ROUNDING = 1e-9;

/**
 * Fails only if a difference is shown: if all of its interval lies beyond the threshold.
 *
 * @throws COMPARE_THRESHOLD if a threshold names a figure or scenario that none of the changes has
 */
export function judgeGate(thresholds: readonly Threshold[], changes: readonly Change[]): Gate {
  const results = thresholds.flatMap((threshold) => judge(threshold, changes));
  return { failed: results.some(({ outcome }) => outcome === 'exceeded'), results };
}

function judge(threshold: Threshold, changes: readonly Change[]): GateResult[] {
  const isMeant = ({ scenario, figure }: Change) =>
    figure === threshold.figure && (threshold.scenario ?? scenario) === scenario;
  const meant = changes.filter(isMeant);
  if (meant.length === 0) throw namesNothing(threshold, changes);
  return meant.map((change) => judgeChange(threshold, change));
}

function judgeChange({ text, isExceeded, limit }: Threshold, change: Change): GateResult {
  const { scenario, figure, name, difference } = change;
  const isPoints = limit.kind === 'points' && difference !== undefined;
  const known = isPoints ? difference : change.ratio;
  const percent = (value: number) => 100 * (isPoints ? value : value - 1);
  return {
    ...{ threshold: text, scenario, figure, name },
    outcome: outcomeOf(known, isExceeded, isPoints ? limit.value : 1 + limit.value),
    change: known.value === null ? null : percent(known.value),
    interval: known.kind === 'known' ? [percent(known.interval[0]), percent(known.interval[1])] : null,
    unit: isPoints ? 'points' : '%',
    reason: known.kind === 'known' ? null : known.why,
  };
}

function outcomeOf(known: Difference, isExceeded: Threshold['isExceeded'], limit: number): GateResult['outcome'] {
  if (known.kind === 'unknown') return 'cannot tell';
  const [lower, upper] = known.interval;
  // How far the least and the most of the interval lie beyond the limit.
  const [least, most] = isExceeded === 'above' ? [lower - limit, upper - limit] : [limit - upper, limit - lower];
  if (least > ROUNDING) return 'exceeded';
  return most <= ROUNDING ? 'kept' : 'not shown';
}

function namesNothing({ text, scenario }: Threshold, changes: readonly Change[]): LoadGenError {
  const there = new Map<string, Set<string>>();
  for (const { scenario, figure } of changes) there.set(scenario, (there.get(scenario) ?? new Set()).add(figure));
  const listed = [...there].map(([name, figures]) => `${name} (${[...figures].join(', ')})`).join('; ');
  const what = scenario !== undefined && !there.has(scenario) ? `no ${scenario}` : 'no such figure';
  return new LoadGenError('COMPARE_THRESHOLD', `--fail-if "${text}": found ${what}; there is ${listed || 'nothing'}`);
}
