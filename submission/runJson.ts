import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../base/errors.js';
import { TEST_SCENARIOS, type TestScenario } from '../loadgen/settings/testSettings.js';
import { RUN_JSON } from '../runs/layout.js';
import { readJsonFile } from './jsonFile.js';
import { checkNames } from './names.js';

/** Becomes a part of a command that is published. */
const word = z.string().regex(/^[\w.@-]{1,100}$/);

const runJsonSchema = z.object({
  version: z.literal(1),
  network: z.string(),
  quick: z.boolean(),
  /** What was asked for; null where a default was taken, or a path was given. */
  request: z.object({
    sut: word.nullable(),
    ownModel: z.boolean(),
    precision: word.nullable(),
    workers: z.int().nullable(),
    threads: z.int().nullable(),
    batch: z.int().nullable(),
    dataset: word.nullable(),
    ownPairsFile: z.boolean(),
    pairs: z.int().nullable(),
    set: z.int().nullable(),
  }),
});

export type RunJson = z.infer<typeof runJsonSchema>;

export interface SubmittedRun {
  readonly folder: string;
  readonly network: string;
  readonly request: RunJson['request'];
  readonly scenarios: readonly TestScenario[];
}

/** What run.json says of a run, and the scenarios that it has folders of. Throws `SUBMISSION_RUN`. */
export async function readSubmittedRun(folder: string): Promise<SubmittedRun> {
  const file = join(folder, RUN_JSON);
  const read = await readJsonFile(file, runJsonSchema);
  if ('fault' in read) {
    throw runError(`${file}: found ${read.fault}; expected what "loadgen run" leaves`);
  }
  const { network, quick, request } = read.content;
  if (quick) throw runError(`${file}: found a run with --quick, expected a whole one`);
  checkNames({ network });
  const scenarios: TestScenario[] = [];
  for (const scenario of TEST_SCENARIOS) {
    const found = await lstat(join(folder, scenario)).catch(() => undefined);
    if (found === undefined) continue;
    if (!found.isDirectory()) {
      throw runError(`${join(folder, scenario)}: found a link or a file; expected the scenario's folder itself`);
    }
    scenarios.push(scenario);
  }
  if (scenarios.length === 0)
    throw runError(`${folder} holds none of ${TEST_SCENARIOS.join(', ')}; expected their logs`);
  return { folder, network, request, scenarios };
}

function runError(message: string): LoadGenError {
  return new LoadGenError('SUBMISSION_RUN', message, {
    hint: 'Name the folder of a whole run, with accuracy and performance of each scenario.',
  });
}
