/** The summary in plain words: which run is faster, in which scenario, and whether that is more than noise. */
import type { ComparedFigure, ComparedValue, Comparison } from '../compare/comparison.js';
import { figureText, rangeText, ratioText } from '../compare/figureText.js';
import { runTitle } from './runMarks.js';

export interface Statement {
  readonly scenario: string;
  readonly sentences: readonly string[];
}

/** One for each scenario, in the comparison's order. */
export function summaryStatements(comparison: Comparison): Statement[] {
  return comparison.scenarios.map(({ scenario, figures }) => {
    const speed = figures.filter(({ unit }) => unit !== 'correct share');
    const accuracy = figures.filter(({ unit }) => unit === 'correct share');
    const sentences =
      comparison.runs.length === 1
        ? ownSentences(figures)
        : comparison.runs
            .slice(1)
            .flatMap((_, index) => [
              speedSentence(comparison, speed, index + 1),
              ...accuracy.flatMap((figure) => accuracySentence(comparison, figure, index + 1)),
            ]);
    return { scenario, sentences: sentences.length === 0 ? ['No figures.'] : sentences };
  });
}

/** Of the one run of a report. */
function ownSentences(figures: readonly ComparedFigure[]): string[] {
  const percentiles: string[] = [];
  const sentences = figures.flatMap(({ name, unit, values: [value] }) => {
    if (value === null || value === undefined) return [];
    if (unit === 'correct share') return [`${accuracyText(value)}.`];
    const range = value.interval === null ? '' : ` (95 % interval ${rangeText(unit, value.interval)})`;
    const text = `${figureText(unit, value.value)}${range}`;
    if (unit === 'samples/s') return [`It answers ${figureText(unit, value.value)} samples per second${range}.`];
    if (TOLD.has(name)) percentiles.push(`${name.slice(1)} % within ${text}`);
    return [];
  });
  return [...sentences, ...(percentiles.length === 0 ? [] : [`It answers ${percentiles.join(', ')}.`])];
}

function accuracyText({ value, noInterval }: ComparedValue): string {
  if (value === null) return 'It has no accuracy: a response gives no angle';
  return `It decides ${figureText('correct share', value)} of the pairs rightly (${noInterval})`;
}

function speedSentence({ runs }: Comparison, figures: readonly ComparedFigure[], run: number): string {
  const title = capital(runTitle(runs, run));
  const measured = figures.flatMap(({ name, unit, values }) => {
    const [value, base] = [values[run], values[0]];
    return value === null || value === undefined || base === null || base === undefined
      ? []
      : [{ name, unit, value, base }];
  });
  if (measured.length === 0) return `${title}: nothing to compare with the baseline.`;
  const verdicts = (['faster', 'slower', 'no difference shown'] as const).flatMap((verdict) => {
    const having = measured.filter(({ value }) => value.verdict === verdict);
    return having.length === 0 ? [] : [{ verdict, having }];
  });
  const [only] = verdicts;
  if (only === undefined) return `${title}: no verdict, since there are no intervals. ${ratiosText(measured)}`;
  if (verdicts.length === 1) return `${title} ${WHOLE[only.verdict]} the baseline. ${ratiosText(only.having)}`;
  const parts = verdicts.map(({ verdict, having }) => `${verdict} at ${having.map(figureName).join(', ')}`);
  return `${title} beside the baseline: ${parts.join('; ')}. ${ratiosText(measured.filter(({ value }) => value.verdict !== null))}`;
}

const WHOLE = {
  faster: 'is faster than',
  slower: 'is slower than',
  'no difference shown': 'shows no difference from',
};

interface MeasuredFigure {
  readonly name: string;
  readonly unit: ComparedFigure['unit'];
  readonly value: ComparedValue;
  readonly base: ComparedValue;
}

function figureName({ name, unit }: MeasuredFigure): string {
  return unit === 'samples/s' ? 'samples per second' : name;
}

/** The figures that most people look for first. */
const TOLD = new Set(['p50', 'p90', 'p99', 'per second']);

function ratiosText(figures: readonly MeasuredFigure[]): string {
  const told = figures
    .filter(({ name }) => TOLD.has(name))
    .map((figure) => {
      const { unit, value, base } = figure;
      const ratio = value.ratio === null ? '' : `, ${ratioText(value.ratio)} times`;
      return `${figureName(figure)} ${figureText(unit, value.value)} against ${figureText(unit, base.value)}${ratio}`;
    });
  return told.length === 0 ? '' : `${capital(told.join('; '))}.`;
}

function accuracySentence({ runs }: Comparison, { values }: ComparedFigure, run: number): string[] {
  const [value, base] = [values[run], values[0]];
  if (value === null || value === undefined) return [];
  const title = capital(runTitle(runs, run));
  if (value.value === null) return [`${title} has no accuracy: a response gives no angle.`];
  const text = `${title} decides ${figureText('correct share', value.value)} of the pairs rightly`;
  if (base === null || base === undefined || base.value === null) return [`${text}.`];
  return [
    value.verdict === 'equal'
      ? `${text}, as the baseline does.`
      : `${text}, the baseline ${figureText('correct share', base.value)}.`,
  ];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
