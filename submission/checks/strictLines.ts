import { z } from 'zod';
import { printable } from '../../base/printable.js';
import { readLogLines } from '../../logs/openLog.js';
import { type Finding, newFinding } from '../finding.js';

const MARK = ':::MLLOG';
const LIMITS = { lineLength: 1 << 24, bytes: 1 << 28 };
const MAX_FINDINGS = 10;

const entrySchema = z.object({
  key: z.string(),
  value: z.unknown(),
  metadata: z.object({ is_error: z.boolean() }),
});

/**
 * Where a detail log departs from the format: reports understand what the official LoadGen writes though it is not JSON,
 * checkers of submissions do not.
 */
export async function checkStrictLines(path: string, shown: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const { text, line } of readLogLines(path, LIMITS)) {
    const fault = faultOf(text.replace(/\r$/, ''), line);
    if (fault === undefined) continue;
    findings.push(newFinding(shown, printable(`"${text}"`, 80), fault, { line }));
    if (findings.length === MAX_FINDINGS) break;
  }
  return findings;
}

function faultOf(text: string, line: number): string | undefined {
  if (!text.startsWith(MARK)) return line === 1 ? `a first line that starts with ${MARK}` : undefined;
  const isEntry = !text.includes('\r') && entrySchema.safeParse(jsonOf(text.slice(MARK.length))).success;
  return isEntry ? undefined : 'JSON with key, value and metadata.is_error behind the mark';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
