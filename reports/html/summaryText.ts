/** The summary in words: what each run did in which scenario, and whether runs differ by more than noise within them. */
import { type ComparedFigure, type ComparedValue, type Comparison, ONE_RUN } from '../compare/comparison.js';
import { figureText, rangeText, ratioText } from '../compare/figureText.js';
import { runTitle } from './runMarks.js';

export interface Statement {
  readonly topic: string;
  readonly sentences: readonly string[];
}

/** One statement per scenario, in the comparison's order; then one on accuracy, which rarely differs between scenarios. */
export function summaryStatements(comparison: Comparison): Statement[] {
  const { runs, scenarios } = comparison;
  const statements = scenarios.flatMap(({ scenario, figures }) => {
    const speed = figures.filter(({ unit }) => unit !== 'correct share');
    if (speed.length === 0) return [];
    const sentences =
      runs.length === 1
        ? ownSentences(speed)
        : runs.slice(1).flatMap((_, index) => speedSentence(comparison, speed, index + 1));
    return sentences.length === 0 ? [] : [{ topic: scenario, sentences }];
  });
  const accuracy = accuracySentences(comparison);
  return accuracy.length === 0 ? statements : [...statements, { topic: 'Accuracy', sentences: accuracy }];
}

/** For a report of a single run. */
function ownSentences(figures: readonly ComparedFigure[]): string[] {
  const percentiles: string[] = [];
  const rates = figures.flatMap(({ name, unit, values: [value] }) => {
    if (value === null || value === undefined) return [];
    const range = value.interval === null ? '' : ` (95 % interval ${rangeText(unit, value.interval)})`;
    if (unit === 'samples/s') return [`It answers ${figureText(unit, value.value)} samples per second${range}.`];
    if (TOLD.has(name)) percentiles.push(`${name.slice(1)} % within ${figureText(unit, value.value)}${range}`);
    return [];
  });
  return [...rates, ...(percentiles.length === 0 ? [] : [`It answers ${percentiles.join(', ')}.`])];
}

const VERDICTS = {
  [ONE_RUN]: 'differs from the baseline by more than its noise, but one run cannot tell which system is faster,',
  'no difference shown': 'shows no difference from the baseline',
} as const;

/** Verdicts need intervals, so the sentence names the figures without one. */
function speedSentence({ runs }: Comparison, figures: readonly ComparedFigure[], run: number): string[] {
  const title = capital(runTitle(runs, run));
  const measured = figures.flatMap(({ name, unit, values }): MeasuredFigure[] => {
    const [value, base] = [values[run], values[0]];
    return value && base ? [{ name, unit, value, base }] : [];
  });
  if (measured.length === 0) return [];
  const parts = ([ONE_RUN, 'no difference shown'] as const).flatMap((verdict) => {
    const having = measured.filter(({ value }) => value.verdict === verdict);
    return having.length === 0 ? [] : [`${VERDICTS[verdict]} ${having.map(placeText).join(', ')}`];
  });
  const untold = measured.filter(({ name, value }) => value.verdict === null && /^p[\d.]+$/.test(name));
  const reasons = untold.flatMap(({ value, base }) => value.noInterval ?? base.noInterval ?? []);
  const rest =
    untold.length === 0
      ? []
      : [`no verdict at ${untold.map(({ name }) => name).join(', ')} (${[...new Set(reasons)].join('; ')})`];
  return [...parts, ...rest].length === 0 ? [] : [`${title}, ${[...parts, ...rest].join('; ')}.`];
}

function placeText(figure: MeasuredFigure): string {
  const place = figure.unit === 'samples/s' ? 'in samples per second' : `at ${figure.name}`;
  if (!TOLD.has(figure.name)) return place;
  const { unit, value, base } = figure;
  const ratio = value.ratio === null ? '' : `, ${ratioText(value.ratio)} times`;
  return `${place} (${figureText(unit, value.value)} against ${figureText(unit, base.value)}${ratio})`;
}

interface MeasuredFigure {
  readonly name: string;
  readonly unit: ComparedFigure['unit'];
  readonly value: ComparedValue;
  readonly base: ComparedValue;
}

/** The figures that most readers look for first. */
const TOLD = new Set(['p50', 'p90', 'p99', 'per second']);

/** One sentence per run, or one per scenario where accuracies differ. */
function accuracySentences({ runs, scenarios }: Comparison): string[] {
  return runs.flatMap((_, run) => {
    const found = scenarios.flatMap(({ scenario, figures }) => {
      const value = figures.find(({ unit }) => unit === 'correct share')?.values[run];
      return value ? [{ scenario, text: accuracyText(value) }] : [];
    });
    const title = runs.length === 1 ? 'It' : `${capital(runTitle(runs, run))},`;
    const texts = [...new Set(found.map(({ text }) => text))];
    return texts.length === 1
      ? [`${title} ${texts[0]}.`]
      : found.map(({ scenario, text }) => `${title} ${text} in ${scenario}.`);
  });
}

function accuracyText({ value, noInterval }: ComparedValue): string {
  if (value === null) return 'has no accuracy: a response gives no angle';
  return `decides ${figureText('correct share', value)} of the pairs correctly (${noInterval})`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
