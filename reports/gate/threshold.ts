import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { TEST_SCENARIOS } from '../../loadgen/settings/testSettings.js';

/** What a change must not go beyond. */
export interface Threshold {
  /** As it was typed. */
  readonly text: string;
  /** Undefined for every scenario that has the figure. */
  readonly scenario: string | undefined;
  readonly figure: string;
  readonly isExceeded: 'above' | 'below';
  /** A share of the baseline's value, or percentage points of an accuracy. */
  readonly limit: { readonly kind: 'share' | 'points'; readonly value: number };
}

const PATTERN = new RegExp(
  `^\\s*(?:(?<scenario>${TEST_SCENARIOS.join('|')})\\s+)?(?<figure>\\S.*?)\\s*(?<sign>[<>])\\s*(?<number>[+-]?\\d+(?:\\.\\d+)?)\\s*(?<percent>%?)\\s*$`,
);
/** Far beyond what anyone means. */
const MAX_PERCENT = 1e6;

/**
 * Reads `SingleStream p90 > +5%`: the command fails if p90 is shown to be more than 5 % above the baseline's. Without a
 * percent sign a limit is in percentage points, which only `accuracy` has: `accuracy < -0.5`.
 *
 * @throws COMPARE_THRESHOLD
 */
export function parseThreshold(text: string): Threshold {
  const { scenario, figure = '', sign, number = '', percent } = PATTERN.exec(text)?.groups ?? {};
  if (sign === undefined) throw refused(text, 'expected [SCENARIO] FIGURE > +NUMBER%, or < -NUMBER%');
  if (percent === '' && figure !== 'accuracy') throw refused(text, 'expected a percent sign after the number');
  const value = Number(number);
  if (Math.abs(value) > MAX_PERCENT) throw refused(text, `expected a number up to ${MAX_PERCENT}`);
  return {
    ...{ text: text.trim(), scenario, figure },
    isExceeded: sign === '>' ? 'above' : 'below',
    limit: { kind: percent === '' ? 'points' : 'share', value: value / 100 },
  };
}

function refused(text: string, expected: string): LoadGenError {
  return new LoadGenError('COMPARE_THRESHOLD', `--fail-if: found "${printable(text)}", ${expected}`, {
    hint: "Two examples: --fail-if 'SingleStream p90 > +5%' and --fail-if 'accuracy < -0.5', in percentage points.",
  });
}
