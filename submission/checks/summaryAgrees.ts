import { join } from 'node:path';
import { printable } from '../../base/text.js';
import { SUMMARY_LOG_LIMITS, SUMMARY_LOG_NAME } from '../../logs/summary/read.js';
import { readBoundedText } from '../../platform/node/files.js';
import { type Finding, newFinding } from '../finding.js';
import type { CheckedFolder, DetailLogFindings } from './detailLogFindings.js';

/** A summary rounds to six digits or to two decimals. */
const ROUNDING = { relative: 1e-5, absolute: 0.005_001 };

/** The lines that say what ran, and the keys of the detail log. */
const TEXT_LINES: readonly (readonly [line: RegExp, key: string])[] = [
  [/^Scenario\s*: (.*)$/m, 'effective_scenario'],
  [/^Mode\s*: (.*)$/m, 'effective_test_mode'],
];

const RATE_LINES: readonly (readonly [line: RegExp, key: string])[] = [
  [/^Samples per second\s*: (.*)$/m, 'result_samples_per_second'],
  [/^Completed samples per second\s*: (.*)$/m, 'result_completed_samples_per_sec'],
  [/^Scheduled samples per second\s*: (.*)$/m, 'result_scheduled_samples_per_sec'],
  [/^QPS w\/ loadgen overhead\s*: (.*)$/m, 'result_qps_with_loadgen_overhead'],
  [/^QPS w\/o loadgen overhead\s*: (.*)$/m, 'result_qps_without_loadgen_overhead'],
];

const LATENCY_LINE = /^(Min|Max|Mean|[\d.]+(?:th)? percentile) latency \(ns\)\s*: (.*)$/gm;
/** Every summary ends with it; our harness adds lines of its own. */
const ERROR_LINE = /^(No|\d+) (?:errors|ERRORS?) encountered.*\.$/m;

/** That a summary states what its detail log does. A summary of another run, or one that ends early, is one finding. */
export async function checkSummaryAgrees({ path, shown }: CheckedFolder, log: DetailLogFindings): Promise<Finding[]> {
  const read = await readBoundedText(join(path, SUMMARY_LOG_NAME), SUMMARY_LOG_LIMITS.bytes);
  // Already a finding.
  if ('fault' in read) return [];
  const text = read.text.replaceAll('\r\n', '\n');
  const errorsStated = ERROR_LINE.exec(text)?.[1];
  if (errorsStated === undefined) return [endsEarly(shown, text)];
  const differs = (key: string, found: string, expected: string) =>
    newFinding(`${shown}/${SUMMARY_LOG_NAME}`, found, `${expected}, as in its detail log`, { key });
  for (const [line, key] of TEXT_LINES) {
    const [found, expected] = [line.exec(text)?.[1]?.trim(), log.text(key)];
    if (found !== undefined && expected !== undefined && found !== expected)
      return [differs(key, `"${printable(found, 80)}"`, `"${expected}"`)];
  }
  // That both say VALID is checked of each performance run; a complete accuracy run has no verdict.
  if (/^Result is\s*: INVALID/m.test(text) && log.text('result_validity') === undefined)
    return [differs('result_validity', '"INVALID"', 'none')];
  const figures = [...rates(text), ...latencies(text)].filter(({ keys, value }) => !agrees(log, keys, value));
  return [
    ...figures.slice(0, 1).map(({ keys, found }) => {
      const key = keys.find((candidate) => log.number(candidate) !== undefined) ?? '';
      return differs(key, printable(found, 80) || 'no figure', String(log.number(key)));
    }),
    ...errorCount(errorsStated, log).map(([found, expected]) => differs('errors', `${found} errors`, String(expected))),
  ];
}

function endsEarly(shown: string, text: string): Finding {
  const lines = text.trimEnd().split('\n');
  const last = `the end after line ${lines.length}, "${printable(lines.at(-1) ?? '', 80)}"`;
  return newFinding(`${shown}/${SUMMARY_LOG_NAME}`, last, 'the line that counts the errors, as in a complete summary');
}

interface StatedFigure {
  /** Those of the detail log that it may be. */
  readonly keys: readonly string[];
  readonly found: string;
  readonly value: number;
}

function rates(text: string): StatedFigure[] {
  return RATE_LINES.flatMap(([line, key]) => {
    const found = line.exec(text)?.[1]?.trim();
    return found === undefined ? [] : [{ keys: [key], found, value: figureOf(found) }];
  });
}

/** In MultiStream those of queries and of samples stand under the same words. */
function latencies(text: string): StatedFigure[] {
  return [...text.matchAll(LATENCY_LINE)].map(([, words = '', found = '']) => {
    const [percentile] = /^[\d.]+/.exec(words) ?? [];
    const name = percentile === undefined ? words.toLowerCase() : `${Number(percentile).toFixed(2)}_percentile`;
    const keys = ['', '_query', '_per_query'].map((infix) => `result_${name}${infix}_latency_ns`);
    return { keys, found: found.trim(), value: figureOf(found) };
  });
}

/** Not a number also where nothing stands, of which `Number` makes 0. */
function figureOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** A figure that the detail log does not have is not compared. */
function agrees(log: DetailLogFindings, keys: readonly string[], value: number): boolean {
  const logged = keys.flatMap((key) => log.number(key) ?? []);
  const isNear = (expected: number) =>
    Object.is(value, expected) ||
    Math.abs(value - expected) <= ROUNDING.absolute + ROUNDING.relative * Math.abs(expected);
  return logged.length === 0 || logged.some(isNear);
}

function errorCount(stated: string, log: DetailLogFindings): [found: number, expected: number][] {
  const found = stated === 'No' ? 0 : Number(stated);
  return found === log.errorCount ? [] : [[found, log.errorCount]];
}
