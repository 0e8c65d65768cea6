/** What all charts share: plot areas, axes, grids, and how values become text and coordinates. */
import { extent } from 'd3-array';
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { type Content, type Markup, markup } from './markup.js';

export type Scale = ScaleContinuousNumeric<number, number>;

export interface Tick {
  readonly value: number;
  /** Empty: only a line of the grid. */
  readonly label: string;
}

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const CHART_WIDTH = 880;

/** One decimal is a tenth of a pixel; more would only lengthen the file. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Above this ratio of the greatest value to the least, a linear axis would flatten the small values. */
export const LOGARITHMIC_FROM = 8;

export interface ValueScale {
  readonly scale: Scale;
  readonly isLogarithmic: boolean;
}

/** Linear from 0, or logarithmic if the values are far apart. Values below 1 count as 1. */
export function latencyScale(valuesNs: Iterable<number>, range: readonly [number, number]): ValueScale {
  const [least = 1, greatest = 1] = extent(valuesNs, (value) =>
    Number.isFinite(value) ? Math.max(1, value) : undefined,
  );
  if (greatest / least < LOGARITHMIC_FROM)
    return { scale: scaleLinear([0, greatest], range).nice(5), isLogarithmic: false };
  return { scale: scaleLog([least * 0.9, greatest * 1.1], range), isLogarithmic: true };
}

/** More labels would touch in the lowest chart. */
const MAX_LABELS = 7;
const MIN_LABELS = 3;
/** More lines would lie too close together. */
const MAX_LINES = 28;

export function linearTicks(scale: Scale, count: number, label: (value: number) => string): Tick[] {
  return scale.ticks(count).map((value) => ({ value, label: label(value) }));
}

export function ticksOf({ scale, isLogarithmic }: ValueScale, label: (value: number) => string): Tick[] {
  if (!isLogarithmic) return linearTicks(scale, 5, label);
  const values = scale.ticks();
  const chosen = new Set(labelledOf(values));
  if (values.length > MAX_LINES) return [...chosen].map((value) => ({ value, label: label(value) }));
  return values.map((value) => ({ value, label: chosen.has(value) ? label(value) : '' }));
}

/** All values, or 1, 2 and 5 times powers of ten, or powers of ten alone: as many as fit; every second or third if none fit. */
function labelledOf(values: readonly number[]): number[] {
  const candidates = [/^[1-9]/, /^[125]e/, /^1e/].map((digits) =>
    values.filter((value) => digits.test(value.toExponential()) && isRound(value)),
  );
  const enough = candidates.filter(({ length }) => length >= MIN_LABELS);
  const chosen = enough.find(({ length }) => length <= MAX_LABELS) ?? enough.at(-1) ?? candidates[0] ?? [];
  const step = Math.ceil(chosen.length / MAX_LABELS);
  return chosen.filter((_, index) => index % step === 0);
}

function isRound(value: number): boolean {
  return Number(value.toPrecision(2)) === value;
}

export function xAxis(scale: Scale, ticks: readonly Tick[], { top, bottom, left, right }: Plot, title: string): Markup {
  const marks = ticks.map(({ value, label }) => {
    const x = coordinate(scale(value));
    const line = markup`<line class="grid" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>`;
    return label === ''
      ? line
      : markup`${line}<text class="tick below" x="${x}" y="${bottom + 18}" text-anchor="middle">${label}</text>`;
  });
  const line = markup`<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>`;
  const middle = coordinate((left + right) / 2);
  return markup`<g>${marks}${line}<text class="title below" x="${middle}" y="${bottom + 38}" text-anchor="middle">${title}</text></g>`;
}

/** Its title stands above it, horizontally. */
export function yAxis(scale: Scale, ticks: readonly Tick[], { top, left, right }: Plot, title: string): Markup {
  const marks = ticks.map(({ value, label }) => {
    const y = scale(value);
    const line = markup`<line class="grid" x1="${left}" x2="${right}" y1="${coordinate(y)}" y2="${coordinate(y)}"/>`;
    return label === ''
      ? line
      : markup`${line}<text class="tick" x="${left - 8}" y="${coordinate(y + 4)}" text-anchor="end">${label}</text>`;
  });
  return markup`<g>${marks}<text class="title above" x="4" y="${top - 12}">${title}</text></g>`;
}

const UNITS = [
  { name: 's', ns: 1e9 },
  { name: 'ms', ns: 1e6 },
  { name: 'µs', ns: 1e3 },
  { name: 'ns', ns: 1 },
];

/** `500 µs`: shorter than a measured figure, since ticks are round values. */
export function durationTick(ns: number): string {
  if (ns === 0) return '0';
  const unit = UNITS.find((one) => ns >= one.ns * 0.9999) ?? { name: 'ns', ns: 1 };
  return `${Number((ns / unit.ns).toPrecision(3))} ${unit.name}`;
}

/** `4,500`, `12.5 M` */
export function countTick(value: number): string {
  return value < 1e6
    ? value.toLocaleString('en-US')
    : `${Number((value / 1e6).toPrecision(4)).toLocaleString('en-US')} M`;
}

/** `12.5 %`, `99.999 %`: keeps all nines. */
export function percentTick(share: number): string {
  return `${Number((100 * share).toPrecision(9))} %`;
}

/** An axis of latency, with its title and its ticks. */
export function latencyAxis(y: ValueScale, plot: Plot): Markup {
  return yAxis(y.scale, ticksOf(y, durationTick), plot, `latency${y.isLogarithmic ? ', logarithmic' : ''}`);
}

export interface Drawing {
  /** The element's id; the ids of its title and its description derive from it. */
  readonly id: string;
  readonly title: string;
  /** What a reader who cannot see the chart has to know. */
  readonly description: string;
  readonly height: number;
  /** Default: `CHART_WIDTH`. */
  readonly width?: number;
  readonly content: Content;
}

export function drawingSvg({ id, title, description, height, width = CHART_WIDTH, content }: Drawing): Markup {
  const text = markup`<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>`;
  const labels = markup`aria-labelledby="${id}-title" aria-describedby="${id}-desc"`;
  return markup`<svg role="img" viewBox="0 0 ${width} ${height}" ${labels}>${text}${content}</svg>`;
}
