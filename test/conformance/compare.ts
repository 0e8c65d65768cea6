import type { DetailLine, GoldenCase } from './goldenCase.js';
import type { Replay } from './replay.js';

/** The first thing in which our run differs from the recorded one, or undefined where all is equal. */
export function firstDifference(golden: GoldenCase, ours: Replay): string | undefined {
  return (
    differenceOfLists('loads', golden.loads, ours.loads) ??
    differenceOfLists('queries', golden.queries, ours.queries) ??
    differenceOfLists('unloads', golden.unloads, ours.unloads) ??
    difference('flushes', golden.flushes, ours.flushes) ??
    differenceOfLists('accuracy log', parseArray(golden.accuracy_json), parseArray(ours.logs.accuracy)) ??
    differenceOfLists(
      'detail',
      comparableDetail(golden.detail, golden),
      comparableDetail(parseDetail(ours.logs.detail), golden),
    ) ??
    differenceOfLists(
      'summary',
      comparableSummary(golden.summary, golden),
      comparableSummary(ours.logs.summary, golden),
    )
  );
}

/** The first thing in which two of our runs of one case differ, in all that they logged, or undefined where all is equal. */
export function firstDifferenceOfReplays(one: Replay, other: Replay): string | undefined {
  const [ours, theirs] = [one, other].map(({ logs, ...decisions }) => ({
    ...decisions,
    ...logs,
    detail: logs.detail.replace(DATETIME, '').split('\n'),
    summary: logs.summary.split('\n'),
    latencies: [...logs.latencies],
  }));
  return Object.entries(ours ?? {})
    .map(([what, value]) => difference(`in the browser, ${what}`, value, Reflect.get(theirs ?? {}, what)))
    .find((different) => different !== undefined);
}

/** When it ran. */
const DATETIME = /.*"key": "test_datetime".*/;

/** Facts of the program that ran and of the clock, not of its decisions. */
const INCOMPARABLE_KEYS = new Set(['test_datetime', 'get_sut_name_duration_ns', 'num_errors']);
/** What the official program says of its logger's queues and of its two clocks. */
const INCOMPARABLE_MESSAGES = /^(CAS failed\.|Logging allocation detected|PerfClock and system_clock differ)/;
/** Known from the clock alone, not from the recorded latencies. */
const CLOCK_KEYS = /^result_qps_with_loadgen_overhead$/;
const LATENCY_KEYS = /^(result_.*(latency_ns|per_sec|per_second|overhead)|early_stopping_(result|latency_.*))$/;
const CLOCK_LINES = /^QPS w\/ loadgen overhead/;
const LATENCY_LINES = /latency \(ns\) {2,}:|percentile latency \(ns\) :|^QPS|samples per second|percentile estimate/i;

function comparableDetail(lines: readonly DetailLine[], golden: GoldenCase): string[] {
  const compared = lines.filter(
    ({ key, value }) =>
      !INCOMPARABLE_KEYS.has(key) && !key.startsWith('harness_') && !INCOMPARABLE_MESSAGES.test(String(value)),
  );
  return compared.map(({ key, value, is_error, is_warning }) => {
    const hidden = CLOCK_KEYS.test(key) || (golden.completions === undefined && LATENCY_KEYS.test(key));
    return `${key} = ${hidden ? '*' : comparableValue(key, value)}${is_error ? ' (error)' : ''}${is_warning ? ' (warning)' : ''}`;
  });
}

function comparableValue(key: string, value: unknown): string {
  // The recordings name the version only, without the revision and the program.
  if (key === 'loadgen_version') return String(value).split(' @ ')[0] ?? '';
  // Where only early stopping failed, the official reason is empty and ours is not.
  if (key === 'result_invalid_reason') return String(value).replace(/^Early stopping: .*/, '');
  return JSON.stringify(value);
}

function comparableSummary(text: string, golden: GoldenCase): string[] {
  // What we add stands at the end, under a heading of its own.
  const [official = ''] = text.split(`\n${'='.repeat(48)}\nHarness`);
  return (
    official
      .split('\n')
      // The official counts include its build's and its logger's own messages.
      .filter((line) => !/ (ERRORS?|errors|warnings?) encountered/.test(line))
      .map((line) => {
        const hidden = CLOCK_LINES.test(line) || (golden.completions === undefined && LATENCY_LINES.test(line));
        return hidden ? line.replace(/: .*$/, ': *') : line;
      })
  );
}

/** Reads `:::MLLOG` lines; integers that a double cannot hold become strings, as in the recordings. */
function parseDetail(text: string): DetailLine[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(':::MLLOG '))
    .map((line) => {
      const json = line
        .slice(':::MLLOG '.length)
        .replace(/("value": )(\d{16,})(, "time_ms")/, (whole, before, digits, after) =>
          Number.isSafeInteger(Number(digits)) ? whole : `${before}"${digits}"${after}`,
        );
      const { key, value, metadata } = JSON.parse(json);
      return { key, value, is_error: metadata.is_error, is_warning: metadata.is_warning };
    });
}

function parseArray(text: string): unknown[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error('the accuracy log is not an array');
  return parsed;
}

function differenceOfLists(what: string, golden: readonly unknown[], ours: readonly unknown[]): string | undefined {
  for (let i = 0; i < Math.max(golden.length, ours.length); i++) {
    const found = difference(`${what}[${i}]`, golden[i], ours[i]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function difference(what: string, golden: unknown, ours: unknown): string | undefined {
  const [expected, found] = [JSON.stringify(golden), JSON.stringify(ours)];
  return expected === found ? undefined : `${what}: expected ${shorten(expected)}, found ${shorten(found)}`;
}

function shorten(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return text.length <= 200 ? text : `${text.slice(0, 200)}... (${text.length} characters)`;
}
