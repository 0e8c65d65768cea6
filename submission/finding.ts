import { z } from 'zod';
import { printable } from '../base/printable.js';

/** One thing that keeps a submission from being accepted. */
export const findingSchema = z.strictObject({
  /** Relative to the tree, or to the run's folder, with slashes. */
  file: z.string(),
  line: z.number().nullable(),
  /** Of a log, of a JSON file, or of the part of a text that is at fault. */
  key: z.string().nullable(),
  found: z.string(),
  expected: z.string(),
});

export type Finding = z.infer<typeof findingSchema>;

export function findingText({ file, line, key, found, expected }: Finding): string {
  const where = line === null ? file : `${file}:${line}`;
  return printable(`${key === null ? where : `${where}: ${key}`}: found ${found}, expected ${expected}`, 2000);
}
