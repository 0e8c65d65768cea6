import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { readLogLines } from '../logs/openLog.js';
import { printable } from '../printable.js';

export interface RunFacts {
  readonly quick: boolean;
  /** Processor, platform, versions. */
  readonly system: Readonly<Record<string, string>>;
}

const LIMITS = { lineLength: 1 << 20, bytes: 1 << 26 };

const runFileSchema = z.object({
  version: z.literal(1),
  quick: z.boolean().default(false),
  system: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** From `run.json`, which our runs leave; undefined where there is none. */
export async function readRunFacts(runFolder: string): Promise<RunFacts | undefined> {
  const file = join(runFolder, 'run.json');
  if (!existsSync(file)) return undefined;
  const lines: string[] = [];
  for await (const { text } of readLogLines(file, LIMITS)) lines.push(text);
  const parsed = runFileSchema.safeParse(parseJson(file, lines.join('\n')));
  if (!parsed.success) throw runFileError(file, z.prettifyError(parsed.error));
  const { quick, system } = parsed.data;
  const facts = Object.entries(system).map(([key, value]) => [key, printable(String(value))]);
  return { quick, system: Object.fromEntries(facts) };
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw runFileError(file, error instanceof Error ? printable(error.message) : String(error));
  }
}

function runFileError(file: string, fault: string): LoadGenError {
  return new LoadGenError('REPORT_RUN_JSON', `${file}: ${fault}; expected what "loadgen run" writes, of version 1`);
}
