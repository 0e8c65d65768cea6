/** Ways to alter the logs of a run and its audits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditedRun } from './auditedRun.js';

export type Alter = (run: AuditedRun) => void;

export const auditLog = (run: AuditedRun) => join(run.test01, 'performance/run_1/mlperf_log_accuracy.json');
export const detail = (run: AuditedRun, audit: string) =>
  join(run.scenarioFolder, audit, 'performance/run_1/mlperf_log_detail.txt');
export const accuracyDetail = (run: AuditedRun) => join(run.scenarioFolder, 'accuracy/mlperf_log_detail.txt');
export const summary = (run: AuditedRun, audit: string) =>
  join(run.scenarioFolder, audit, 'performance/run_1/mlperf_log_summary.txt');

/** Throws where nothing is altered by it. */
export function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const altered = change(text);
  if (altered === text) throw new Error(`${file} is as it was`);
  writeFileSync(file, altered);
}

export function setValue(file: string, key: string, text: string): void {
  edit(file, (all) => all.replace(new RegExp(`("key": "${key}", "value": )("[^"]*"|[^,]*),`), `$1${text},`));
}

/** `audit`: a folder; `.` of the run itself. */
export function inDetail(audit: string, key: string, text: string): Alter {
  return (run) => setValue(detail(run, audit), key, text);
}

export function inBoth(key: string, text: string): Alter {
  return (run) => {
    setValue(detail(run, '.'), key, text);
    setValue(detail(run, 'TEST01'), key, text);
  };
}

export function inSummary(audit: string, pattern: RegExp, replacement: string): Alter {
  return (run) => edit(summary(run, audit), (text) => text.replace(pattern, replacement));
}

/** Of a stream, as early stopping gives it. */
export function estimate(audit: string, latencyNs: number): Alter {
  return inSummary(audit, /((?:90|99)\.0th percentile estimate: )\d+/, `$1${latencyNs}`);
}

export function rateTimes(factor: number): Alter {
  return (run) =>
    edit(summary(run, 'TEST04'), (text) =>
      text.replace(/^((?:Completed s|S)amples per second *: )(.*)/m, (_, name, rate) => name + Number(rate) * factor),
    );
}

function editEntries(file: string, change: (entries: string[]) => string[]): void {
  edit(file, (text) => {
    const entriesOfLog = text.split('\n').filter((line) => line.startsWith('{'));
    const kept = change(entriesOfLog.map((line) => line.replace(/,$/, '')));
    return `[\n${kept.join(',\n')}\n]\n`;
  });
}

export function auditEntries(change: (entries: string[]) => string[]): Alter {
  return (run) => editEntries(auditLog(run), change);
}

export function accuracyEntries(change: (entries: string[], run: AuditedRun) => string[]): Alter {
  return (run) => editEntries(join(run.scenarioFolder, 'accuracy/mlperf_log_accuracy.json'), (all) => change(all, run));
}

/** Without the one that the audit's first entry is of. */
export function withoutAuditedSample(all: readonly string[], run: AuditedRun): string[] {
  const sample = /"qsl_idx" : \d+,/.exec(readFileSync(auditLog(run), 'utf8'))?.[0] ?? '';
  return all.filter((entry) => !entry.includes(sample));
}

export function entryData(index: number, change: (hex: string) => string): Alter {
  return auditEntries((all) => all.map((entry, at) => (at === index ? withData(entry, change) : entry)));
}

export function entryField(index: number, field: string, number: number): Alter {
  const pattern = new RegExp(`"${field}" : \\d+`);
  return auditEntries((all) =>
    all.map((entry, at) => (at === index ? changed(entry, pattern, `"${field}" : ${number}`) : entry)),
  );
}

export function withData(entry: string | undefined, change: (hex: string) => string): string {
  return changed(entry, /[0-9A-F]*(?=" \})/, change);
}

export function changed(
  entry: string | undefined,
  pattern: RegExp,
  replacement: string | ((found: string) => string),
): string {
  if (entry === undefined) throw new Error('there is no such entry');
  return typeof replacement === 'string' ? entry.replace(pattern, replacement) : entry.replace(pattern, replacement);
}

export function flipByte(index: number): (hex: string) => string {
  return (hex) => {
    const byte = (Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16) ^ 1).toString(16).padStart(2, '0');
    return hex.slice(0, 2 * index) + byte.toUpperCase() + hex.slice(2 * index + 2);
  };
}

/** Another float32, as the hex digits of its bytes. */
export function withValue(index: number, floatHex: string): (hex: string) => string {
  return (hex) => hex.slice(0, 8 * index) + floatHex + hex.slice(8 * index + 8);
}

export function swapValues(one: number, other: number): (hex: string) => string {
  return (hex) => {
    const at = (index: number) => hex.slice(8 * index, 8 * index + 8);
    return withValue(other, at(one))(withValue(one, at(other))(hex));
  };
}
