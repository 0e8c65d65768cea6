import { figureText, ratioRangeText } from '../compare/figureText.js';
import { percentText } from '../humanUnits.js';
import { type FigureRow, figuresMarkdown, listMarkdown, paragraphs, plain, scenariosMarkdown } from '../markdown.js';
import type { DuelFigure, DuelResult } from './duelResult.js';
import { confidenceSentence, duelSentences, endSentence } from './duelSentences.js';

/** A duel's result, for a comment on a pull request. */
export function duelMarkdown(result: DuelResult): string {
  const { contestants, scenarios } = result;
  const names = contestants.map(({ name }) => name);
  const accuracies = contestants.map(({ name, accuracy, fault }, index): FigureRow => {
    const text =
      accuracy === null ? 'not measured' : `${percentText(accuracy.share)} (${accuracy.correct} of ${accuracy.pairs})`;
    return [index === 0 ? 'accuracy' : '', name, text, '', fault === null ? '' : `left: ${fault}`];
  });
  const ends = scenarios.map((scenario) => endSentence(result, scenario));
  return paragraphs([
    listMarkdown(duelSentences(result).map(plain)),
    ...scenariosMarkdown(scenarios, (figure) => figureRows(figure, names)),
    figuresMarkdown('Accuracy', accuracies),
    plain([...ends, confidenceSentence(result)].join(' ')),
  ]);
}

function figureRows({ name, unit, values }: DuelFigure, names: readonly string[]): FigureRow[] {
  return values.map((value, index) => {
    const figure = index === 0 ? name : '';
    if (value === null) return [figure, names[index] ?? '', 'none', '', ''];
    const ratio = value.verdict === 'baseline' ? '' : ratioRangeText(value.ratio, value.interval);
    return [figure, names[index] ?? '', figureText(unit, value.value), ratio, value.verdict];
  });
}
