import type { ComparedFigure, Comparison } from '../compare/comparison.js';
import { disturbanceWarnings } from '../figures/disturbances.js';
import { SCHEDULED_RATE } from '../figures/readFigures.js';
import type { RunRecord } from '../figures/runRecord.js';
import { energyNotes, serverNotes } from '../runTable.js';
import { answerRateChart } from './answerRateChart.js';
import { chartFigure } from './chartFigure.js';
import type { PerformanceCharts } from './data/readRunCharts.js';
import { distributionChart } from './distributionChart.js';
import { figuresTable } from './figuresTable.js';
import { type Markup, markup } from './markup.js';
import { pageSection } from './pageFrame.js';
import { legend, runTitle } from './runMarks.js';
import { spectrumChart } from './spectrumChart.js';
import { throughputChart } from './throughputChart.js';
import { timelineChart } from './timelineChart.js';

export interface RunPerformance extends PerformanceCharts {
  readonly run: number;
}

/** A scenario's figures, then its charts, for the runs that left the data. */
export function scenarioSection(
  id: string,
  { scenario, figures }: Comparison['scenarios'][number],
  runs: readonly RunRecord[],
  performance: readonly RunPerformance[],
): Markup {
  const told = figures.filter((figure) => isTold(figure, performance));
  const rate = figures.find((figure) => figure.unit === 'samples/s' && !isScheduled(figure));
  const parts = [
    figuresTable(scenario, told, runs),
    rate === undefined
      ? []
      : [heading(`${id}-rate`, 'Throughput'), chartFigure(throughputChart(`${id}-throughput`, scenario, rate, runs))],
    latencyCharts(id, scenario, runs, performance),
    answerCharts(id, scenario, runs, performance),
    missingText(runs, performance, scenario),
    runs.flatMap(({ tests }, run) => {
      const texts = tests.flatMap((test) =>
        test.scenario === scenario ? [...disturbanceWarnings(test), ...energyNotes(test), ...serverNotes(test)] : [],
      );
      return texts.map((text) => markup`<p class="note">${runTitle(runs, run)}: ${text}</p>\n`);
    }),
  ];
  return pageSection(id, scenario, parts);
}

/** Whether a run had enough queries for one to lie beyond the percentile: p99.9 of 57 queries is but the longest of them. */
function isTold({ name }: ComparedFigure, performance: readonly RunPerformance[]): boolean {
  const [, percentile] = /^p([\d.]+)$/.exec(name) ?? [];
  if (percentile === undefined || performance.length === 0) return true;
  return performance.some(({ queryCount }) => queryCount * (100 - Number(percentile)) >= 100 - 1e-6);
}

/** In Server, how many samples are answered in a second is what the schedule asks for. */
function isScheduled({ values }: ComparedFigure): boolean {
  return values.every((value) => value === null || value.noInterval === SCHEDULED_RATE);
}

type Pauses = NonNullable<RunRecord['tests'][number]['pauses']>;

/** Of the runs' performance tests of the scenario that have any. */
function pausesOf(runs: readonly RunRecord[], scenario: string): [run: number, pauses: Pauses][] {
  return runs.flatMap(({ tests }, run): [number, Pauses][] => {
    const pauses = tests.flatMap((test) => (test.scenario === scenario ? (test.pauses ?? []) : []));
    return pauses.length === 0 ? [] : [[run, pauses]];
  });
}

function heading(id: string, text: string): Markup {
  return markup`<h3 id="${id}">${text}</h3>\n`;
}

function latencyCharts(
  id: string,
  scenario: string,
  runs: readonly RunRecord[],
  performance: readonly RunPerformance[],
): Markup[] {
  const pauses = new Map(pausesOf(runs, scenario));
  const shown = performance.flatMap(({ run, queryCount, latencies, collections }) => {
    const ofRun = { run, queryCount, collections, title: runTitle(runs, run), pauses: pauses.get(run) ?? [] };
    return latencies === undefined ? [] : [{ ...ofRun, ...latencies }];
  });
  if (shown.length === 0) return [];
  const ofRuns = legend(
    runs,
    shown.map(({ run }) => run),
  );
  return [
    heading(`${id}-percentiles`, 'Percentiles'),
    chartFigure(spectrumChart(`${id}-spectrum`, scenario, shown), ofRuns),
    heading(`${id}-time`, 'Latency over time'),
    chartFigure(timelineChart(`${id}-timeline`, scenario, shown)),
    heading(`${id}-distribution`, 'Distribution'),
    chartFigure(distributionChart(`${id}-bins`, scenario, shown), ofRuns),
  ];
}

function answerCharts(
  id: string,
  scenario: string,
  runs: readonly RunRecord[],
  performance: readonly RunPerformance[],
): Markup[] {
  const shown = performance.flatMap(({ run, answers, collections }) =>
    answers === undefined ? [] : [{ run, answers, collections }],
  );
  if (shown.length === 0) return [];
  const chart = answerRateChart(`${id}-answers`, scenario, shown);
  return [
    heading(`${id}-time`, 'Samples over time'),
    chartFigure(
      chart,
      legend(
        runs,
        shown.map(({ run }) => run),
      ),
    ),
  ];
}

/** Names the runs that are missing from the charts. */
function missingText(runs: readonly RunRecord[], performance: readonly RunPerformance[], scenario: string): Markup[] {
  const isMeasuredIn = ({ tests }: RunRecord) =>
    tests.some((test) => test.scenario === scenario && test.kind === 'performance');
  if (!runs.some(isMeasuredIn)) return [];
  const without = runs.flatMap((record, run) => {
    const charts = performance.find((one) => one.run === run);
    if (!isMeasuredIn(record)) return [`${runTitle(runs, run)}: it has no performance test of this scenario.`];
    if (charts === undefined) return [`${runTitle(runs, run)}: it left no latencies.`];
    const isShown = charts.latencies !== undefined || charts.answers !== undefined;
    return isShown ? [] : [`${runTitle(runs, run)}: its samples came back in too few lots to be drawn over time.`];
  });
  return without.length === 0 ? [] : [markup`<p class="note">Not in the charts: ${without.join(' ')}</p>\n`];
}
