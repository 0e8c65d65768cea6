import { percentText } from '../humanUnits.js';
import type { DuelFigure, DuelResult, DuelValue } from './duelResult.js';

/** A wider interval says nothing. */
const MAX_TOLD = 0.5;

/** What a duel has shown, in words: a sentence for each contestant and scenario, by the scenario's first figure. */
export function duelSentences(result: DuelResult): string[] {
  const { contestants, baseline, scenarios } = result;
  const base = baseline === null ? undefined : contestants[baseline];
  if (base === undefined) return [];
  return contestants.flatMap(({ name }, index) =>
    scenarios.flatMap(({ scenario, figures: [figure] }) => {
      const value = figure?.values[index];
      if (figure === undefined || value === undefined || value === null || value.interval === null) return [];
      return [`${scenario}: ${name} ${comparedText(figure, value)} ${base.name}.`];
    }),
  );
}

/** How a scenario's rounds ended. */
export function endSentence(
  result: DuelResult,
  { scenario, end, rounds, samplesPerRound, durationMs }: DuelResult['scenarios'][number],
): string {
  const measured = `${scenario}: ${rounds} rounds of ${samplesPerRound} pairs for each system in ${Math.round(durationMs / 1000)} s`;
  const asked = `± ${percentText(result.precision)}`;
  switch (end) {
    case 'precision':
      return `${measured}; every ratio is known to ${asked}.`;
    case 'time':
      return `${measured}; the time was up before every ratio was known to ${asked}.`;
    case 'left':
      return `${measured}, until fewer than two systems were left.`;
    case 'interrupted':
      return `${measured}, until it was interrupted.`;
  }
}

export function confidenceSentence({ confidence }: DuelResult): string {
  return (
    `All intervals together enclose the true ratios with ${percentText(confidence)} confidence, whenever the duel stops; ` +
    'a verdict is given where an interval leaves 1 out.'
  );
}

/** `is 1.405 to 1.452 times as fast (p50) as`. */
function comparedText({ name }: DuelFigure, { interval, verdict }: DuelValue): string {
  const [lower = 1, upper = 1] = interval ?? [];
  if (verdict === 'no difference shown') {
    const within = Math.max(upper - 1, 1 - lower);
    if (within > MAX_TOLD) return `cannot be told (${name}) after so few rounds from`;
    return `shows no difference (${name}), up to ${percentText(within)}, from`;
  }
  // Above 1 either way: how many times as fast, or as slow.
  const isMore = lower > 1;
  const [from, to] = isMore ? [lower, upper] : [1 / upper, 1 / lower];
  return `is ${from.toFixed(3)} to ${to.toFixed(3)} times as ${verdict === 'slower' ? 'slow' : 'fast'} (${name}) as`;
}
