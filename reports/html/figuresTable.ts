import type { ComparedFigure, ComparedValue } from '../compare/comparison.js';
import { figureText, rangeText, ratioText } from '../compare/figureText.js';
import type { RunRecord } from '../figures/runRecord.js';
import { tableFrame } from './chartFigure.js';
import { type Content, type Markup, markup } from './markup.js';
import { runName, runNumber } from './runMarks.js';
import { verdictMark } from './verdictMark.js';

/** The figures of a scenario with their intervals; with several runs, ratios and verdicts, too. */
export function figuresTable(scenario: string, figures: readonly ComparedFigure[], runs: readonly RunRecord[]): Markup {
  if (figures.length === 0) return markup`<p>No figures.</p>\n`;
  const isComparison = runs.length > 1;
  const groups = figures.map(({ name, unit, values }) => {
    const rows = values.map((value, run) => {
      const figure =
        run === 0
          ? markup`<th scope="rowgroup" rowspan="${values.length}">${name === 'per second' ? 'samples per second' : name}</th>`
          : '';
      const record = runs[run];
      const ofRun =
        isComparison && record !== undefined
          ? markup`<th scope="row"><b>${runNumber(run)}</b> ${runName(record)}</th>`
          : '';
      return markup`<tr>${figure}${ofRun}${valueCells(unit, value, isComparison).map((cell) => markup`<td>${cell}</td>`)}</tr>\n`;
    });
    return markup`<tbody>\n${rows}</tbody>\n`;
  });
  const comparing = isComparison ? ['Ratio', 'Verdict'] : [];
  const head = ['Figure', ...(isComparison ? ['Run'] : []), 'Value', '95 % interval', ...comparing];
  return tableFrame(`Figures of ${scenario}`, head, markup`${groups}`, 'figures');
}

function valueCells(unit: ComparedFigure['unit'], value: ComparedValue | null, isComparison: boolean): Content[] {
  if (value === null) return ['none', '', ...(isComparison ? ['', ''] : [])];
  const { interval, noInterval, ratio, verdict } = value;
  const range = interval === null ? markup`<small>${noInterval ?? ''}</small>` : rangeText(unit, interval);
  const cells = [figureText(unit, value.value), range];
  return isComparison ? [...cells, ratio === null ? '' : ratioText(ratio), verdictMark(verdict)] : cells;
}
