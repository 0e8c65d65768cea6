import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { TEST_SCENARIOS, type TestScenario } from '../loadgen/settings/testSettings.js';
import type { RunRequest } from '../runs/jsonFormats.js';
import { RUN_JSON } from '../runs/layout.js';
import { readRepeatableRun } from '../runs/runJson.js';
import { checkNames } from './names.js';

/** What becomes part of a command that is published. */
const WORD = /^[\w.@-]{1,100}$/;

export interface SubmittedRun {
  readonly folder: string;
  readonly network: string;
  readonly request: RunRequest;
  readonly scenarios: readonly TestScenario[];
}

/**
 * What run.json says of a run, and the scenarios that it has folders of.
 *
 * @throws RUN_JSON if it cannot be read
 * @throws SUBMISSION_RUN, SUBMISSION_NAME if it cannot be submitted
 */
export async function readSubmittedRun(folder: string): Promise<SubmittedRun> {
  const file = join(folder, RUN_JSON);
  const { network, quick, request } = await readRepeatableRun(folder);
  if (quick) throw runError(`${file}: found a run with --quick, expected a complete one`);
  for (const key of ['sut', 'precision', 'dataset'] as const) {
    const value = request[key] ?? 'none';
    if (!WORD.test(value))
      throw runError(`${file}: found request.${key}: ${JSON.stringify(value.slice(0, 80))}, expected a word`);
  }
  checkNames({ network });
  const scenarios: TestScenario[] = [];
  for (const scenario of TEST_SCENARIOS) {
    const found = await lstat(join(folder, scenario)).catch(() => undefined);
    if (found === undefined) continue;
    if (!found.isDirectory()) {
      throw runError(`${join(folder, scenario)}: found a link or a file, expected the scenario's folder itself`);
    }
    scenarios.push(scenario);
  }
  if (scenarios.length === 0)
    throw runError(`${folder} holds none of ${TEST_SCENARIOS.join(', ')}; expected their logs`);
  return { folder, network, request, scenarios };
}

function runError(message: string): LoadGenError {
  return new LoadGenError('SUBMISSION_RUN', message, {
    hint: 'Name the folder of a complete run, with accuracy and performance of each scenario.',
  });
}
