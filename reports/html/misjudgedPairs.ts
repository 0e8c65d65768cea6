import { elementAt } from '../../base/arrays.js';
import { printable } from '../../base/text.js';
import type { LabelledPair } from '../../runs/jsonFormats.js';
import { tableFrame } from './chartFigure.js';
import type { JudgedAccuracy } from './data/accuracyCurves.js';
import type { RunAccuracy } from './errorCurveCharts.js';
import { type Content, type Markup, markup } from './markup.js';
import { runNumber } from './runMarks.js';

/** The faces of a data set's images as `data:` addresses, by their names in pair lists; or why there are none. */
export type Faces =
  | { readonly images: ReadonlyMap<string, string> }
  /** A sentence for people. */
  | { readonly missing: string };

/** Accuracy results on one data set: the same sample index is the same pair in all of them. */
export interface DatasetAccuracy {
  readonly accuracies: readonly RunAccuracy[];
  readonly faces: Faces;
}

/** More would make the page long and tiresome. */
export const MAX_PAIRS = 60;

/** The pairs that any run decided wrongly; those that most runs got wrong come first. */
export function misjudgedIndices(accuracies: readonly RunAccuracy[]): number[] {
  const counts = new Map<number, number>();
  for (const { judged } of accuracies.filter(hasAngles))
    for (const { index } of judged.result.misjudged) counts.set(index, (counts.get(index) ?? 0) + 1);
  return [...counts].sort(([one, ofOne], [other, ofOther]) => ofOther - ofOne || one - other).map(([index]) => index);
}

/** A system that answers with zeros, as the null system does, would otherwise list every pair. */
function hasAngles({ judged }: RunAccuracy): boolean {
  return judged.angles.some((angle) => !Number.isNaN(angle));
}

/** The names of the images that the table shows. */
export function misjudgedImages(accuracies: readonly RunAccuracy[]): string[] {
  const shown = shownPairs(accuracies).flatMap(({ pair }) => [pair.nameA, pair.nameB]);
  return [...new Set(shown)];
}

export function misjudgedTable({ accuracies: all, faces }: DatasetAccuracy): Markup {
  const accuracies = all.filter(hasAngles);
  if (accuracies.length === 0) return markup`<p>No response gives an angle, so no pair was decided.</p>\n`;
  const total = misjudgedIndices(accuracies).length;
  if (total === 0) return markup`<p>Every pair was decided correctly.</p>\n`;
  const shown = shownPairs(accuracies);
  const heads = accuracies.map(({ run, judged }) => {
    const isOnly = accuracies.filter((other) => other.run === run).length === 1;
    const scenarios = isOnly ? '' : markup`<br><small>${judged.scenarios.join(', ')}</small>`;
    return markup`Run ${runNumber(run)}${scenarios}<br><small>one below ${judged.result.threshold.toFixed(4)}</small>`;
  });
  const rows = shown.map(({ index, pair }) => {
    const cells = accuracies.map(({ judged }) => markup`<td>${decisionText(judged, index, pair)}</td>`);
    return markup`<tr><th scope="row">${index}</th><td>${face(pair.nameA, faces)}</td><td>${face(pair.nameB, faces)}</td><td>${pair.same ? 'one person' : 'two persons'}</td>${cells}</tr>\n`;
  });
  const caption = `Pairs decided wrongly${total > shown.length ? `, ${shown.length} of ${total}` : ''}`;
  const head = ['Sample', 'A', 'B', 'Truth', ...heads];
  const note = 'missing' in faces ? markup`<p class="note">${faces.missing}</p>\n` : '';
  return markup`${note}${tableFrame(caption, head, markup`<tbody>\n${rows}</tbody>`, 'pairs')}\n`;
}

function shownPairs(accuracies: readonly RunAccuracy[]): { index: number; pair: LabelledPair }[] {
  return misjudgedIndices(accuracies)
    .slice(0, MAX_PAIRS)
    .flatMap((index) => {
      const pair = accuracies.find(({ judged }) => index < judged.pairs.length)?.judged.pairs[index];
      return pair === undefined ? [] : [{ index, pair }];
    });
}

/** In words, for readers who cannot tell the colours apart. */
function decisionText({ angles, result }: JudgedAccuracy, index: number, pair: LabelledPair): Content {
  const angle = elementAt(angles, index);
  if (Number.isNaN(angle)) return markup`<b class="bad">no angle</b>`;
  const isRight = angle < result.threshold === pair.same;
  return markup`${angle.toFixed(4)} <b class="${isRight ? 'good' : 'bad'}">${isRight ? 'right' : 'wrong'}</b>`;
}

function face(name: string, faces: Faces): Markup {
  const address = 'images' in faces ? faces.images.get(name) : undefined;
  const text = printable(name, 100);
  return address === undefined
    ? markup`${text}`
    : markup`<img src="${address}" width="64" alt="Aligned face ${text}"><br><small>${text}</small>`;
}
