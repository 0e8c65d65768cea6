import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../base/errors.js';
import { printable } from '../base/printable.js';
import { readLogLines } from '../logs/logSource.js';
import { openLog } from '../platform/node/openLog.js';
import { RUN_JSON } from './layout.js';

export interface RunFacts {
  readonly quick: boolean;
  readonly network: string | undefined;
  /** Processor, platform, versions. */
  readonly system: Readonly<Record<string, string>>;
  readonly dataset: DatasetFacts | undefined;
}

export interface DatasetFacts {
  readonly name: string;
  readonly sha256: string;
  readonly pairs: number;
  /** Pairs that were left out, with the faults of their images. */
  readonly skipped: readonly string[];
}

const LIMITS = { lineLength: 1 << 20, bytes: 1 << 26 };

const runFileSchema = z.object({
  version: z.literal(1),
  quick: z.boolean().default(false),
  network: z.string().optional(),
  system: z.record(z.string(), z.union([z.string(), z.number()])),
  dataset: z
    .object({ name: z.string(), sha256: z.string(), pairs: z.int().nonnegative(), skipped: z.array(z.string()) })
    .optional(),
});

/** From `run.json`, which our runs leave; undefined where there is none. */
export async function readRunFacts(runFolder: string): Promise<RunFacts | undefined> {
  const file = join(runFolder, RUN_JSON);
  if (!existsSync(file)) return undefined;
  const lines: string[] = [];
  for await (const { text } of readLogLines(await openLog(file), LIMITS)) lines.push(text);
  const parsed = runFileSchema.safeParse(parseJson(file, lines.join('\n')));
  if (!parsed.success) throw runFileError(file, z.prettifyError(parsed.error));
  const { quick, network, system, dataset } = parsed.data;
  const facts = Object.entries(system).map(([key, value]) => [printable(key, 100), printable(String(value))]);
  return {
    quick,
    network: network === undefined ? undefined : printable(network),
    system: Object.fromEntries(facts),
    dataset: dataset === undefined ? undefined : printableDataset(dataset),
  };
}

function printableDataset({ name, sha256, pairs, skipped }: DatasetFacts): DatasetFacts {
  return { name: printable(name), sha256: printable(sha256), pairs, skipped: skipped.map((text) => printable(text)) };
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
