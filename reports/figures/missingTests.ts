import { relative, sep } from 'node:path';
import { TEST_MODES } from '../../loadgen/settings/testSettings.js';
import { TEST_FOLDERS } from '../../runs/layout.js';
import type { UnfinishedTest } from '../../runs/openRun.js';
import type { RunJson } from '../../runs/runJson.js';
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

function cutTest([scenario = '', ...below]: readonly string[]): MissingTest {
  const mode = TEST_MODES.find((known) => TEST_FOLDERS[known] === below.join('/')) ?? null;
  return { scenario, mode, reason: 'its detail log ends early, as when a run is killed or the disk is full' };
}
