import type { DuelContestant, DuelJson, DuelPhase } from '../../runs/duelJson.js';
import { CONFIDENCE } from '../figures/percentileInterval.js';
import { confidenceOfEach, ratioVerdict } from '../figures/ratioVerdict.js';
import { countFigures, type FigureSeries, figureSeries } from './duelFigures.js';
import type { DuelFigure, DuelResult, DuelValue } from './duelResult.js';
import { meanOf, PILOT_COUNT, ratioInterval } from './ratioInterval.js';

/** What decides a phase's figures. */
type Judged = Pick<DuelJson, 'precision' | 'scenarios' | 'contestants' | 'phases'>;

export function judgeDuel(duel: DuelJson): DuelResult {
  const { network, startedAt, seed, precision, timeLimitMs, system, dataset, contestants, phases } = duel;
  return {
    version: 1,
    confidence: CONFIDENCE,
    ...{ network, startedAt, seed, precision, timeLimitMs, dataset },
    system: texts(system),
    contestants: contestants.map(({ name, folder, configuration, accuracy, fault }) => ({
      ...{ name, folder, fault },
      configuration: texts(configuration),
      accuracy: accuracy === null ? null : { ...accuracy, share: accuracy.correct / accuracy.pairs },
    })),
    baseline: baselineOf(contestants) ?? null,
    scenarios: phases.map((phase) => ({
      scenario: phase.scenario,
      end: phase.end,
      durationMs: phase.durationMs,
      rounds: phase.rounds.length,
      samplesPerRound: phase.samplesPerRound,
      figures: judgePhase(duel, phase),
    })),
  };
}

/**
 * The figures of a scenario, which may still be under way.
 *
 * @param baseline the index of the contestant that the others are compared with; undefined if all have left
 */
export function judgePhase(duel: Judged, phase: DuelPhase, baseline = baselineOf(duel.contestants)): DuelFigure[] {
  const confidence = confidenceOfEach(countVerdicts(duel, phase));
  return figureSeries(phase).map(({ name, unit, observations }) => ({
    name,
    unit,
    values: duel.contestants.map((_, contestant) =>
      baseline === undefined
        ? null
        : judgeValue({ name, unit, observations }, contestant, baseline, confidence, duel.precision),
    ),
  }));
}

/** Whether each ratio of a scenario is known as closely as was asked for. */
export function isPrecise(figures: readonly DuelFigure[]): boolean {
  const values = figures.flatMap((figure) => figure.values.filter((value) => value !== null));
  return values.length > 0 && values.every(({ precise }) => precise);
}

/** How many verdicts a duel gives, in all of its scenarios. */
function countVerdicts({ scenarios, contestants, phases }: Judged, current: DuelPhase): number {
  const figures = scenarios.map((scenario) => {
    const phase = [current, ...phases].find((known) => known.scenario === scenario);
    // SingleStream comes first, and how many figures Offline has does not depend on its samples.
    return countFigures(scenario, phase?.samplesPerRound ?? 1);
  });
  return figures.reduce((sum, count) => sum + count, 0) * (contestants.length - 1);
}

function judgeValue(
  { unit, observations }: FigureSeries,
  contestant: number,
  baseline: number,
  confidence: number,
  precision: number,
): DuelValue | null {
  const [own = [], base = []] = [observations[contestant], observations[baseline]];
  if (own.length === 0 || base.length === 0) return null;
  const logs = own.map(Math.log);
  const value = Math.exp(meanOf(logs));
  if (contestant === baseline) return { value, ratio: 1, interval: null, precise: true, verdict: 'baseline' };
  const logRatios = logs.map((log, at) => log - Math.log(base[at] ?? Number.NaN));
  const ratio = ratioInterval(logRatios, confidence);
  if (ratio === undefined)
    return {
      value,
      ratio: Math.exp(meanOf(logRatios)),
      interval: null,
      precise: false,
      verdict: 'too few rounds',
    };
  return {
    value,
    ratio: ratio.value,
    interval: [...ratio.interval],
    precise: ratio.halfWidth <= precision && own.length >= PILOT_COUNT,
    verdict: ratioVerdict(ratio.interval, unit),
  };
}

function baselineOf(contestants: readonly DuelContestant[]): number | undefined {
  const index = contestants.findIndex(({ fault }) => fault === null);
  return index === -1 ? undefined : index;
}

function texts(facts: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, String(value)]));
}
