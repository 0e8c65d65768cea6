import type { Interval } from '../figures/percentileInterval.js';
import { formatDurationNs, formatFigure } from '../humanUnits.js';
import type { ComparedFigure } from './comparison.js';

/** A figure as people read it. */
export function figureText(unit: ComparedFigure['unit'], value: number | null): string {
  if (value === null) return 'NaN';
  if (unit === 'correct share') return `${(100 * value).toFixed(2)} %`;
  if (unit === 'ns') return formatDurationNs(value);
  return value < 1e6 ? formatFigure(value) : `${formatFigure(value / 1e6)} M`;
}

/** The unit once where both ends have the same. */
export function rangeText(unit: ComparedFigure['unit'], [lower, upper]: readonly [number, number]): string {
  const [from, to] = [figureText(unit, lower), figureText(unit, upper)];
  const [fromNumber = '', fromUnit] = from.split(' ');
  return fromUnit === to.split(' ')[1] ? `${fromNumber}–${to}` : `${from}–${to}`;
}

export function ratioText(ratio: number): string {
  if (ratio < 0.001 || ratio >= 1000) return ratio.toExponential(0);
  return ratio < 1 ? ratio.toFixed(3) : ratio.toPrecision(4);
}

/** `0.938–0.964`, of a ratio; empty where there is none. */
export function intervalText(interval: Interval | null): string {
  return interval === null ? '' : interval.map(ratioText).join('–');
}

/** `0.951 (0.938–0.964)`; empty where there is no ratio. */
export function ratioRangeText(ratio: number | null, interval: Interval | null): string {
  if (ratio === null) return '';
  return interval === null ? ratioText(ratio) : `${ratioText(ratio)} (${intervalText(interval)})`;
}
