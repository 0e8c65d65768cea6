import { z } from 'zod';
import { LoadGenError } from '../base/errors.js';
import { printable } from '../base/text.js';

export const findingSchema = z.strictObject({
  /** Relative to the tree, or to the run's folder, with slashes. */
  file: z.string(),
  line: z.number().nullable(),
  /** In a log or a JSON file, or the part of a text that is at fault. */
  key: z.string().nullable(),
  found: z.string(),
  expected: z.string(),
  /** A fault keeps a submission from being accepted; a remark says what could not be checked. */
  severity: z.enum(['fault', 'remark']),
});

/** One thing to know about a submission. */
export type Finding = z.infer<typeof findingSchema>;

/** @param at the line or the key at fault, where it is not the complete file */
export function newFinding(
  file: string,
  found: string,
  expected: string,
  { line = null, key = null, severity = 'fault' }: Partial<Pick<Finding, 'line' | 'key' | 'severity'>> = {},
): Finding {
  return { file, line, key, found, expected, severity };
}

/** Those that keep a submission from being accepted. */
export function faultsIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'fault');
}

/**
 * What kept a file from being read, as a finding whose text names no place outside `folder`.
 *
 * @throws `thrown` itself unless it is one of the errors that this project throws on purpose
 */
export function findingOfError(file: string, folder: string, thrown: unknown, expected: string): Finding {
  if (!(thrown instanceof LoadGenError)) throw thrown;
  const message = printable(thrown.message.replaceAll(`${folder}/`, ''), 1000);
  return newFinding(file, `${message} (${thrown.code})`, expected);
}

export function findingText({ file, line, key, found, expected }: Finding): string {
  const where = line === null ? file : `${file}:${line}`;
  return printable(`${key === null ? where : `${where}: ${key}`}: found ${found}, expected ${expected}`, 2000);
}
