import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineEntries } from '../../../loadgen/logs/machineReport.js';
import type { MachineFigures } from '../../../loadgen/platform.js';
import { formatValue } from '../../../logs/detail/write.js';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { comparisonSchema } from '../../../reports/compare/comparison.js';
import { readRun } from '../../../reports/figures/measureRun.js';
import { runTable } from '../../../reports/runTable.js';
import { singleStream, writeTest } from './runFolders.js';

const MACHINE: Required<MachineFigures> = {
  stolenShare: 0.02,
  otherShare: 0.5,
  throttledShare: 0,
  processorLimit: 1.5,
  startFrequencyMhz: 3000,
  endFrequencyMhz: 2900,
  heatThrottles: 0,
  temperatureC: 63.5,
  loadAverage: 2.25,
  governor: 'performance',
};

const latenciesNs = new Float64Array(500).fill(1e6);
const disturbed = writeTest(
  {
    ...singleStream(latenciesNs),
    ...Object.fromEntries(machineEntries(MACHINE).map(([key, value]) => [key, formatValue(value)])),
  },
  latenciesNs,
);
const undisturbed = writeTest(singleStream(latenciesNs), latenciesNs);

test('what the log says of the machine is in the record, and disturbances in the table and the warnings', async () => {
  const run = await readRun(disturbed);
  assert.deepEqual(run.run.tests[0]?.machine, MACHINE);
  const table = runTable(run.tests, { color: false });
  assert.match(table, /│ WARNING: The hypervisor took 2\.0 % of the processors' time for other/);
  assert.match(table, /│ WARNING: Other processes used 50\.0 % of the processors' time\. +│/);
  const { warnings } = comparisonSchema.parse(await compareRuns([disturbed, undisturbed]));
  assert.deepEqual(
    warnings.map(({ run, code }) => [run, code]),
    [
      [0, 'DISTURBED'],
      [0, 'DISTURBED'],
    ],
  );
});

test('logs that say nothing of it have no record of it', async () => {
  const run = await readRun(undisturbed);
  assert.equal(run.run.tests[0]?.machine, undefined);
  assert.doesNotMatch(runTable(run.tests, { color: false }), /WARNING/);
});
