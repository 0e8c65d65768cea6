import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { LATENCY_LOG_NAME } from '../../../logs/latencies/read.js';
import { TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { writeLatencyLog } from '../../../platform/node/logFiles.js';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import type { ComparedFigure } from '../../../reports/compare/comparison.js';
import { GOLDEN_FOLDER } from '../../golden.js';
import { newFolder } from '../figures/runFolders.js';
import { detailLogText, readGoldenRun } from '../goldenRun.js';

const completionsSchema = z.object({
  args: z.object({ mode: z.string().optional() }),
  completions: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])).optional(),
});

type Completions = NonNullable<z.infer<typeof completionsSchema>['completions']>;

const cases = readdirSync(join(GOLDEN_FOLDER, 'cases')).map((name) => name.replace(/\.json$/, ''));

for (const name of cases) {
  test(`the figures of the official LoadGen's ${name} are those of its summary`, async (t) => {
    const figures = await figuresOf(t, name);
    if (figures === undefined) return;
    const stated = statedFigures(readGoldenRun(t, name)?.summary ?? '');
    const [interval] = figures.flatMap(({ values }) => values.map((value) => value?.interval ?? undefined));
    assert.equal(interval, undefined);
    // A Server summary rounds its rate to two decimals; whole nanoseconds stay as they are.
    const found = figures.map(({ name: figure, values }) => [figure, Number(values[0]?.value?.toFixed(2))]);
    assert.deepEqual(Object.fromEntries(found), roundedRate(stated));
  });
}

for (const [source, fileName] of [
  ['latency log', LATENCY_LOG_NAME],
  ['trace', TRACE_LOG_NAME],
] as const) {
  for (const name of cases) {
    const completions = completionsOf(name);
    if (completions === undefined) continue;
    test(`with a ${source}, the figures of ${name} lie in their intervals`, async (t) => {
      const figures = await figuresOf(t, name, (folder) => {
        if (source === 'trace') writeFileSync(join(folder, fileName), officialTrace(completions));
        else
          writeLatencyLog(
            join(folder, fileName),
            Float64Array.from(completions, ([, , , , ns]) => ns),
          );
      });
      assert.ok(figures !== undefined);
      for (const { name: figure, values } of figures) {
        const { value, interval } = values[0] ?? {};
        if (interval === null || interval === undefined) continue;
        assert.ok(typeof value === 'number' && interval[0] <= value && value <= interval[1], figure);
      }
      const p50 = figures.find((figure) => figure.name === 'p50');
      if (p50 !== undefined) assert.ok(Array.isArray(p50.values[0]?.interval));
    });
  }
}

async function figuresOf(
  t: TestContext,
  name: string,
  addFiles: (folder: string) => void = () => {},
): Promise<ComparedFigure[] | undefined> {
  const run = readGoldenRun(t, name);
  if (run === undefined) return undefined;
  const folder = newFolder();
  writeFileSync(join(folder, DETAIL_LOG_NAME), detailLogText(run));
  addFiles(folder);
  const { scenarios } = await compareRuns([folder]);
  assert.equal(scenarios.length, 1);
  return scenarios[0]?.figures;
}

function roundedRate(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))]));
}

/** What a summary says, by our names. An accuracy run's is empty. */
function statedFigures(summary: string): Record<string, number> {
  const stated: Record<string, number> = {};
  for (const [, kind, text] of summary.matchAll(/^(Completed samples per second|Samples per second) *: (.*)$/gm))
    stated[kind === undefined ? '' : 'per second'] = Number(text);
  if (!summary.includes('Scenario : Offline')) {
    for (const [, percentile, ns] of summary.matchAll(/^(\d\d\.\d\d) percentile latency \(ns\) +: (\d+)$/gm))
      if (percentile !== '95.00') stated[`p${Number(percentile)}`] = Number(ns);
  }
  for (const [, percentile, ns] of summary.matchAll(/Early stopping (\d+\.\d)th percentile estimate: (\d+)/g))
    stated[`p${Number(percentile)} estimate`] = Number(ns);
  return stated;
}

function completionsOf(name: string): Completions | undefined {
  const file = join(GOLDEN_FOLDER, 'cases', `${name}.json`);
  if (!existsSync(file)) return undefined;
  const { completions } = completionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return completions === undefined || completions.length === 0 ? undefined : completions;
}

/** Laid out as the official program does: no valid JSON, in the order of completion. */
function officialTrace(completions: Completions): string {
  const events = completions
    .toReversed()
    .map(
      ([sample, query, index, issueStartNs, completeNs]) =>
        `{"name": "Sample", "cat": "default", "ph": "b", "id": ${sample}, "pid": 7, "tid": 8, "ts": 9, "args": ` +
        `{ "sample_seq" : ${sample}, "query_seq" : ${query}, "sample_idx" : ${index}, "issue_start_ns" : ${issueStartNs}, ` +
        `"complete_ns" : ${completeNs} }},\n{ "name": "Sample", "cat": "default", "ph": "e", "id": ${sample}, "ts": 9 },\n`,
    );
  return `{ "traceEvents": [\n${events.join('')}{ "name": "LastTrace" }\n],\n"otherData": {,}\n`;
}
