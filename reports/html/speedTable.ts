/** How fast systems are beside the baseline, as a picture in a table: it fits any width, and is read as text, too. */
import { scaleLog } from 'd3-scale';
import { intervalText, ratioText } from '../compare/figureText.js';
import type { Interval } from '../figures/percentileInterval.js';
import type { FigureUnit } from '../figures/runRecord.js';
import { coordinate } from './axes.js';
import { tableFrame } from './chartFigure.js';
import { type Content, type Markup, markup } from './markup.js';
import { verdictMark } from './verdictMark.js';

/** A system that is compared with the baseline. */
export interface ComparedSystem {
  readonly name: string;
  /** Its accuracy in words, beside the speed. */
  readonly accuracy: string;
  readonly speeds: readonly Speed[];
}

export interface Speed {
  /** `SingleStream p50` */
  readonly name: string;
  /** How many times as fast as the baseline. */
  readonly value: number;
  /** Encloses the true one; null where it is not known. */
  readonly interval: Interval | null;
  readonly verdict: string | null;
}

/** Of a ratio to the baseline's figure: half the latency is twice the speed. */
export function speedOf(
  unit: Exclude<FigureUnit, 'correct share'>,
  ratio: number,
  interval: Interval | null,
): Pick<Speed, 'value' | 'interval'> {
  if (unit !== 'ns') return { value: ratio, interval };
  return { value: 1 / ratio, interval: interval === null ? null : [1 / interval[1], 1 / interval[0]] };
}

/** How far the axis may reach: not so near that noise fills it, and no further, whatever an interval does. */
const REACHES = [1.25, 1.5, 2, 2.5, 4, 8, 16];
const FURTHEST = 32;
/** Of the picture's own coordinates, which are stretched to the column. */
const WIDTH = 1000;
const HEIGHT = 20;

export function speedTable(baseline: string, systems: readonly ComparedSystem[]): Markup {
  const reach = reachOf(systems.flatMap(({ speeds }) => speeds));
  const x = scaleLog([1 / reach, reach], [0, WIDTH]).clamp(true);
  const rows = systems.map(({ name, accuracy, speeds }) => {
    const ofSystem = speeds.map((speed) => {
      const cells: Content[] = [picture(speed, x), valueText(speed), verdictMark(speed.verdict)];
      return markup`<tr><th scope="row">${speed.name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`;
    });
    return markup`<tbody>
<tr><th scope="rowgroup" colspan="4"><b>${name}</b>: ${accuracy}</th></tr>
${ofSystem}</tbody>
`;
  });
  const scale = markup`<span class="ends"><span>${Number((1 / reach).toPrecision(2))}</span><span>1</span><span>${reach}</span></span>`;
  const head = ['Figure', markup`<span class="ends"><span>← slower</span><span>faster →</span></span>${scale}`];
  return tableFrame(
    `Speed beside that of ${baseline}, and accuracy`,
    [...head, 'Times as fast', 'Verdict'],
    markup`${rows}`,
    'speed',
  );
}

function reachOf(speeds: readonly Speed[]): number {
  const bounds = speeds.flatMap(({ value, interval }) => [value, ...(interval ?? [])]);
  const furthest = Math.max(...bounds.map((bound) => Math.exp(Math.abs(Math.log(bound)))));
  return REACHES.find((reach) => reach >= furthest) ?? FURTHEST;
}

/** The interval as a bar, the value as a line in it, and a line at 1. */
function picture({ value, interval, verdict }: Speed, x: (value: number) => number): Markup {
  const kind = verdict === 'faster' ? 'good' : verdict === 'slower' ? 'bad' : 'quiet';
  const [lower, upper] = interval ?? [value, value];
  const bar = markup`<rect class="${kind}" x="${coordinate(x(lower))}" y="4" width="${coordinate(x(upper) - x(lower))}" height="${HEIGHT - 8}"/>`;
  const line = (at: number, style: string) => markup`<path class="${style}" d="M${coordinate(x(at))} 0V${HEIGHT}"/>`;
  return markup`<svg class="speed" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${line(1, 'one')}${bar}${line(value, 'value')}</svg>`;
}

function valueText({ value, interval }: Speed): Content {
  const range = interval === null ? '' : markup` <small>(${intervalText(interval)})</small>`;
  return markup`${ratioText(value)}${range}`;
}
