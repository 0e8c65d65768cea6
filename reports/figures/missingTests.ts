import { relative, sep } from 'node:path';
import { TEST_MODES } from '../../loadgen/settings/testSettings.js';
import type { LogValues } from '../../logs/detail/values.js';
import type { RunJson } from '../../runs/jsonFormats.js';
import { RUN_ID_KEY, TEST_FOLDERS } from '../../runs/layout.js';
import type { Run, UnfinishedTest } from '../../runs/openRun.js';
import type { MissingTest, TestRecord } from './runRecord.js';

/** A test that is there, and the run that its log says it is of. */
export type FoundTest = Pick<TestRecord, 'scenario' | 'mode'> & { readonly runId: string | undefined };

/** The tests that a run was to leave and has not, because it was killed or ended early. */
export function missingTests(
  runFolder: string,
  { id, planned }: Pick<RunJson, 'id' | 'planned'>,
  found: readonly FoundTest[],
  unfinished: readonly UnfinishedTest[],
): MissingTest[] {
  const cut = unfinished.map(({ folder }) => cutTest(relative(runFolder, folder).split(sep)));
  const isCut = ({ scenario, mode }: RunJson['planned'][number]) =>
    cut.some((test) => test.scenario === scenario && test.mode === mode);
  const notMeasured = planned.flatMap((test) => {
    const { scenario, mode } = test;
    const there = found.find((one) => one.scenario === scenario && one.mode === mode);
    if (isCut(test) || (there !== undefined && (there.runId === undefined || there.runId === id))) return [];
    const standing = there === undefined ? '' : '; the logs that are there are of an earlier run';
    return [{ scenario, mode, reason: `the run ended before it was measured${standing}` }];
  });
  return [...cut, ...notMeasured];
}

/**
 * As `missingTests`, of a run of which only the detail logs are read.
 *
 * @throws as `run.tests` and `run.json` do
 */
export async function readMissingTests(run: Run): Promise<MissingTest[]> {
  const json = await run.json();
  const found: FoundTest[] = [];
  const unfinished: UnfinishedTest[] = [];
  for await (const test of run.tests((one) => unfinished.push(one))) {
    const log = await test.detail();
    const [scenario, mode] = [log.string('effective_scenario'), log.string('effective_test_mode')];
    found.push({ scenario, mode, runId: runIdOf(log) });
  }
  return missingTests(run.folder, { id: json?.id, planned: json?.planned ?? [] }, found, unfinished);
}

/** The run that a test's log says it is of; undefined in logs of others, and of before runs had one. */
export function runIdOf(log: LogValues): string | undefined {
  return log.has(RUN_ID_KEY) ? log.string(RUN_ID_KEY) : undefined;
}

export function missingTestText({ mode, reason }: MissingTest): string {
  return `${mode ?? 'a test'} is missing: ${reason}`;
}

function cutTest([scenario = '', ...below]: readonly string[]): MissingTest {
  const mode = TEST_MODES.find((known) => TEST_FOLDERS[known] === below.join('/')) ?? null;
  return { scenario, mode, reason: 'its detail log ends early, as when a run is killed or the disk is full' };
}
