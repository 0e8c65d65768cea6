/** Marks that tell runs apart: colours, dashes, and numbers where there is room. */
import { basename, resolve } from 'node:path';
import { printable } from '../../base/text.js';
import type { RunRecord } from '../figures/runRecord.js';
import { coordinate } from './axes.js';
import { type Markup, markup } from './markup.js';

/** The number of run colours in the style sheet. */
const COLOURS = 10;
const DASHES = ['none', '7 3', '2 3', '10 3 2 3'];

export function runNumber(run: number): string {
  return String(run + 1);
}

/** Only the folder's name: its path may name the owner of the machine. */
export function runName({ folder }: RunRecord): string {
  return printable(basename(resolve(folder)), 80);
}

/** `run 2, name` */
export function runTitle(runs: readonly RunRecord[], run: number): string {
  const record = runs[run];
  return record === undefined ? `run ${runNumber(run)}` : `run ${runNumber(run)}, ${runName(record)}`;
}

export function colourClass(run: number): string {
  return `run-${run % COLOURS}`;
}

export function dashesOf(run: number): string {
  return DASHES[run % DASHES.length] ?? 'none';
}

export function runLine(run: number, path: string | null): Markup {
  return markup`<path class="line ${colourClass(run)}" stroke-dasharray="${dashesOf(run)}" d="${path ?? ''}"/>`;
}

export interface EndLabel {
  readonly run: number;
  readonly x: number;
  readonly y: number;
}

const LABEL_HEIGHT = 13;

/** The runs' numbers beside the ends of their lines, moved apart where they would overlap. */
export function endLabels(labels: readonly EndLabel[], top: number, bottom: number): Markup[] {
  const sorted = labels.toSorted((one, other) => one.y - other.y || one.run - other.run);
  let lowest = top - LABEL_HEIGHT;
  const placed = sorted.map((label) => {
    lowest = Math.max(label.y, lowest + LABEL_HEIGHT);
    return { ...label, y: lowest };
  });
  let highest = bottom + LABEL_HEIGHT;
  const raised = placed.toReversed().map((label) => {
    highest = Math.min(label.y, highest - LABEL_HEIGHT);
    return { ...label, y: highest };
  });
  return raised.map(
    ({ run, x, y }) =>
      markup`<text class="number ${colourClass(run)}" x="${coordinate(x + 5)}" y="${coordinate(y + 4)}">${runNumber(run)}</text>`,
  );
}

/** Says which line is which run; empty if there is only one run. */
export function legend(runs: readonly RunRecord[], shown: readonly number[]): Markup {
  if (runs.length === 1) return markup``;
  const items = shown.map((run) => {
    const record = runs[run];
    return markup`<li><svg class="key" viewBox="0 0 34 10" aria-hidden="true"><path class="line ${colourClass(run)}" stroke-dasharray="${dashesOf(run)}" d="M1 5H33"/></svg> <b>${runNumber(run)}</b> ${record === undefined ? '' : runName(record)}</li>`;
  });
  return markup`<ul class="legend">${items}</ul>\n`;
}
