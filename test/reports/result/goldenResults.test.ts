/** Runs of the official LoadGen, which leaves less than ours. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { GOLDEN_FOLDER } from '../../golden.js';
import { newFolder } from '../figures/runFolders.js';
import { detailLogText, readGoldenRun } from '../goldenRun.js';
import { checkedResult } from './checkResult.js';

for (const file of readdirSync(join(GOLDEN_FOLDER, 'cases'))) {
  const name = file.replace(/\.json$/, '');
  test(`the result of the official LoadGen's ${name} is valid, and has the figures that compare has`, async (t) => {
    const run = readGoldenRun(t, name);
    if (run === undefined) return;
    const folder = newFolder();
    writeFileSync(join(folder, DETAIL_LOG_NAME), detailLogText(run));
    const { tests } = checkedResult(JSON.stringify(await readRunResult(folder)));
    const { scenarios } = await compareRuns([folder]);
    assert.equal(tests.length, 1);
    assert.match(tests[0]?.loadgenVersion ?? '', /^6\.0\.17/);
    assert.deepEqual(
      tests[0]?.figures.map((figure) => [figure.name, figure.value]),
      scenarios[0]?.figures.map((figure) => [figure.name, figure.values[0]?.value]),
    );
    const stated = /^Result is : (\w+)$/m.exec(run.summary)?.[1];
    assert.equal(tests[0]?.validity, stated ?? null);
  });
}
