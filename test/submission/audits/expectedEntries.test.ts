import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAccuracyLog } from '../../../logs/accuracy/read.js';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { openLog, readLogValues } from '../../../platform/node/openLog.js';
import { expectedEntries } from '../../../submission/audits/expectedEntries.js';
import { GOLDEN_FOLDER } from '../../golden.js';
import { detailLogText, readGoldenRun } from '../../reports/goldenRun.js';
import { writeLog } from '../../reports/temporaryFolder.js';

const casesFolder = join(GOLDEN_FOLDER, 'cases');
const PERFORMANCE = /"key":\s*"effective_test_mode",\s*"value":\s*"PerformanceOnly"/;
const names = readdirSync(casesFolder)
  .filter((name) => PERFORMANCE.test(readFileSync(join(casesFolder, name), 'utf8')))
  .map((name) => name.replace('.json', ''));

for (const name of names) {
  test(`the settings give the accuracy log that the official LoadGen wrote: ${name}`, async (context) => {
    const golden = readGoldenRun(context, name);
    if (golden === undefined) return;
    const { logDir } = writeLog(DETAIL_LOG_NAME, detailLogText(golden));
    const log = await readLogValues(logDir);
    const { sampleIndices, isRequired, isAllowed } = await expectedEntries(log, 100_000);
    const indices = [...sampleIndices.entries()];
    const { file } = writeLog('mlperf_log_accuracy.json', golden.accuracy_json);
    const logged: [number, number][] = [];
    for await (const { sequenceId, sampleIndex } of readAccuracyLog(await openLog(file)))
      logged.push([sequenceId, sampleIndex]);
    assert.deepEqual(
      indices.filter(([sequenceId]) => isRequired(sequenceId)),
      logged,
    );
    assert.deepEqual(
      indices.filter(([sequenceId]) => isAllowed(sequenceId)),
      logged,
    );
  });
}
