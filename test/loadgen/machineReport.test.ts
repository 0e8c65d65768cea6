import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disturbancesOf, machineLines } from '../../loadgen/logs/machineReport.js';
import type { MachineFigures } from '../../loadgen/platform.js';

const TEXTS: readonly [machine: MachineFigures, texts: readonly string[]][] = [
  [{}, []],
  [{ stolenShare: 0.009, otherShare: 0.049, throttledShare: 0.009, heatThrottles: 0 }, []],
  [{ stolenShare: 0.02 }, ["The hypervisor took 2.0 % of the processors' time for other machines."]],
  [{ otherShare: 0.5 }, ["Other processes used 50.0 % of the processors' time."]],
  [
    { throttledShare: 0.25, processorLimit: 1.5 },
    ["The container's limit of 1.50 processors kept the process waiting for 25.0 % of the time."],
  ],
  [{ throttledShare: 0.25 }, ["The container's limit kept the process waiting for 25.0 % of the time."]],
  [{ heatThrottles: 3 }, ['The processor slowed down 3 times because it was hot.']],
  [{ startFrequencyMhz: 3000, endFrequencyMhz: 2600 }, ["The processors' frequency fell from 3000 to 2600 MHz."]],
  [{ startFrequencyMhz: 3000, endFrequencyMhz: 2900 }, []],
  [{ startFrequencyMhz: 2000, endFrequencyMhz: 3000 }, []],
];
for (const [machine, texts] of TEXTS) {
  test(`${JSON.stringify(machine)}: ${texts.length} warnings`, () => {
    const found = disturbancesOf(machine);
    assert.deepEqual(
      found.map(({ text }) => text),
      texts,
    );
    // So that the same of several tests is said once.
    for (const { what } of found) assert.match(what, /^[a-z ']+$/);
  });
}

test('the summary has a line for what the system told', () => {
  assert.deepEqual(machineLines({ stolenShare: 0, otherShare: 0.031, governor: 'performance' }), [
    'Taken by the hypervisor         : 0.0 %',
    'Used by other processes         : 3.1 %',
    'Frequency governor              : performance',
  ]);
});
