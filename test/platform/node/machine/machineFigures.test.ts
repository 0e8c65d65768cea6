import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineFigures } from '../../../../loadgen/platform.js';
import { machineFigures } from '../../../../platform/node/machine/machineFigures.js';
import type { MachineReading } from '../../../../platform/node/machine/readMachine.js';

const START: MachineReading = {
  processors: { busy: 1000, stolen: 50, total: 4000, count: 2 },
  ownMs: 5000,
  wallMs: 10_000,
  throttledMs: 100,
  processorLimit: 1.5,
  frequencyMhz: 3000,
  governor: 'performance',
  heatThrottles: 2,
  temperatureC: 50,
  loadAverage: 1,
};
/** After ten seconds of two processors, counted in hundredths of a second. */
const after = (changes: Partial<MachineReading>, processors: Partial<MachineReading['processors']> = {}) => ({
  ...START,
  wallMs: 20_000,
  processors: { ...START.processors, total: 6000, ...processors },
  ...changes,
});

const FIGURES: readonly [what: string, end: MachineReading, expected: MachineFigures][] = [
  ['nothing ran', after({}), { stolenShare: 0, otherShare: 0, throttledShare: 0, heatThrottles: 0 }],
  ['this process used one processor', after({ ownMs: 15_000 }, { busy: 2000 }), { otherShare: 0 }],
  ['another one did', after({}, { busy: 2000 }), { otherShare: 0.5 }],
  ['both did', after({ ownMs: 15_000 }, { busy: 3000 }), { otherShare: 0.5 }],
  ['more was used than the ticks say', after({ ownMs: 15_000 }, { busy: 1990 }), { otherShare: 0 }],
  ['the hypervisor took a tenth', after({}, { stolen: 250 }), { stolenShare: 0.1 }],
  ['a limit held it up for a second', after({ throttledMs: 1100 }), { throttledShare: 0.1, processorLimit: 1.5 }],
  [
    'it became hot and slow',
    after({ heatThrottles: 5, frequencyMhz: 2000, temperatureC: 95 }),
    { heatThrottles: 3, startFrequencyMhz: 3000, endFrequencyMhz: 2000, temperatureC: 95 },
  ],
];
for (const [what, end, expected] of FIGURES) {
  test(`${what}: ${JSON.stringify(expected)}`, () => {
    const figures = machineFigures(START, end);
    for (const [name, value] of Object.entries(expected)) {
      const found = figures[name as keyof MachineFigures];
      assert.ok(typeof found === 'number' && Math.abs(found - Number(value)) < 1e-9, `${name}: ${found}`);
    }
  });
}

test('what the system does not tell is absent, and so are shares of less than a second', () => {
  const untold = {
    throttledMs: undefined,
    frequencyMhz: undefined,
    governor: undefined,
    heatThrottles: undefined,
    temperatureC: undefined,
    loadAverage: undefined,
    processorLimit: undefined,
  };
  const short = { ...START, ...untold, wallMs: 10_500, processors: { ...START.processors, busy: 1100, total: 4100 } };
  assert.deepEqual(machineFigures({ ...START, ...untold }, short), {});
});

test('a count that begins anew is not told', () => {
  assert.equal(machineFigures(START, after({ throttledMs: 1, heatThrottles: 0 })).throttledShare, undefined);
});
