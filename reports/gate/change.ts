import type { ComparedFigure, Comparison } from '../compare/comparison.js';
import { ONE_RUN } from '../compare/comparison.js';
import type { GroupComparison, GroupFigure } from '../compare/groups/groupComparison.js';
import type { DuelResult, DuelValue } from '../duel/duelResult.js';
import type { Interval } from '../figures/percentileInterval.js';
import { JUDGED_SPEEDS } from '../figures/ratioVerdict.js';

/** How a figure of one system, group or run differs from the baseline's. */
export interface Change {
  readonly scenario: string;
  readonly figure: string;
  /** What is compared with the baseline. */
  readonly name: string;
  /** Of the value to the baseline's. */
  readonly ratio: Difference;
  /** Of shares alone: the value less the baseline's. */
  readonly difference?: Difference;
}

/** What is known of a ratio or difference. */
export type Difference =
  | { readonly kind: 'known'; readonly value: number; readonly interval: Interval }
  /** `why` says what is missing. */
  | { readonly kind: 'unknown'; readonly value: number | null; readonly why: string };

export function changesOfRuns({ runs, scenarios }: Comparison): Change[] {
  return scenarios.flatMap(({ scenario, figures }) =>
    figures.filter(isJudged).flatMap(({ name: figure, unit, values: [base, ...others] }) =>
      others.map((value, index) => ({
        ...{ scenario, figure, name: runs[index + 1]?.folder ?? '' },
        ...(unit === 'correct share' ? shareChange(base?.value, value?.value) : { ratio: runChange(base, value) }),
      })),
    ),
  );
}

export function changesOfGroups({ groups, scenarios }: GroupComparison): Change[] {
  return scenarios.flatMap(({ scenario, figures }) =>
    figures.filter(isJudged).map((figure) => ({
      ...{ scenario, figure: figure.name, name: groups[1].name },
      ...(figure.unit === 'correct share' ? groupShareChange(figure) : { ratio: groupChange(figure) }),
    })),
  );
}

export function changesOfDuel({ contestants, baseline, scenarios }: DuelResult): Change[] {
  const base = baseline === null ? null : contestants[baseline]?.accuracy;
  return contestants.flatMap(({ name, accuracy, fault }, index) => {
    if (index === baseline) return [];
    const speeds = scenarios.flatMap(({ scenario, figures }) =>
      figures.map((figure) => ({
        ...{ scenario, figure: figure.name, name },
        ratio: duelChange(figure.values[index] ?? null, fault),
      })),
    );
    // The same accuracy test counts for each scenario.
    const shares = scenarios.map(({ scenario }) => ({
      ...{ scenario, figure: 'accuracy', name },
      ...shareChange(base?.share, accuracy?.share),
    }));
    return [...speeds, ...shares];
  });
}

/** A threshold on any other figure could never be shown to be exceeded. */
function isJudged({ name, unit }: Pick<GroupFigure, 'name' | 'unit'>): boolean {
  return unit === 'correct share' || JUDGED_SPEEDS.has(name);
}

function runChange(base: ComparedFigure['values'][0] = null, value: ComparedFigure['values'][0] = null): Difference {
  if (base === null || value === null) return { kind: 'unknown', value: null, why: 'one of the runs lacks it' };
  // Two intervals give a verdict, unless a test is INVALID.
  const isInvalid = value.verdict === null && value.interval !== null && base.interval !== null;
  return { kind: 'unknown', value: value.ratio, why: isInvalid ? 'a test is INVALID' : ONE_RUN };
}

function groupChange({ ratio, interval, groups }: GroupFigure): Difference {
  if (ratio !== null && interval !== null) return { kind: 'known', value: ratio, interval };
  const isLacking = groups.includes(null);
  return { kind: 'unknown', value: ratio, why: isLacking ? 'no VALID run of a group has it' : ONE_RUN };
}

function duelChange(value: DuelValue | null, fault: string | null): Difference {
  if (fault !== null) return { kind: 'unknown', value: null, why: `it left: ${fault}` };
  if (value === null || value.interval === null) return { kind: 'unknown', value: null, why: 'too few rounds' };
  return { kind: 'known', value: value.ratio, interval: value.interval };
}

/** The same pairs are decided alike each time, so a difference is not by chance. */
function shareChange(
  base: number | null | undefined,
  value: number | null | undefined,
): Required<Pick<Change, 'ratio' | 'difference'>> {
  if (typeof base !== 'number' || typeof value !== 'number') {
    const unknown = { kind: 'unknown', value: null, why: 'its accuracy was not measured' } as const;
    return { ratio: unknown, difference: unknown };
  }
  return {
    ratio: base > 0 ? exact(value / base) : { kind: 'unknown', value: null, why: 'the baseline decided no pair right' },
    difference: exact(value - base),
  };
}

function groupShareChange({ groups: [base, own] }: GroupFigure): Required<Pick<Change, 'ratio' | 'difference'>> {
  const { ratio, difference } = shareChange(base?.value, own?.value);
  if (base === null || own === null) return { ratio, difference };
  const known = (value: number, interval: Interval): Difference => ({ kind: 'known', value, interval });
  return {
    ratio:
      base.lowest > 0 ? known(own.value / base.value, [own.lowest / base.highest, own.highest / base.lowest]) : ratio,
    difference: known(own.value - base.value, [own.lowest - base.highest, own.highest - base.lowest]),
  };
}

function exact(value: number): Difference {
  return { kind: 'known', value, interval: [value, value] };
}
