import assert from 'node:assert/strict';
import { test } from 'node:test';
import { energyFigures, joulesBetween, readEnergy } from '../../../../platform/node/machine/readEnergy.js';
import { rootWith } from './kernelFolder.js';

type Files = Readonly<Record<string, string>>;

const RAPL = 'sys/class/powercap/intel-rapl';
const packages = (first: number, second = 0): Files => ({
  [`${RAPL}:0/name`]: 'package-0\n',
  [`${RAPL}:0/energy_uj`]: `${first}\n`,
  [`${RAPL}:0/max_energy_range_uj`]: '1000000000\n',
  [`${RAPL}:1/name`]: 'package-1\n',
  [`${RAPL}:1/energy_uj`]: `${second}\n`,
  [`${RAPL}:1/max_energy_range_uj`]: '1000000000\n',
  // Counted in the first package, too.
  [`${RAPL}:0:0/name`]: 'core\n',
  [`${RAPL}:0:0/energy_uj`]: `${first / 2}\n`,
  'sys/class/powercap/intel-rapl/enabled': '1\n',
});
const sockets = (joules: number): Files => ({
  'sys/class/hwmon/hwmon2/name': 'amd_energy\n',
  'sys/class/hwmon/hwmon2/energy1_label': 'Ecore000\n',
  'sys/class/hwmon/hwmon2/energy1_input': `${joules * 1e5}\n`,
  'sys/class/hwmon/hwmon2/energy65_label': 'Esocket0\n',
  'sys/class/hwmon/hwmon2/energy65_input': `${joules * 1e6}\n`,
  'sys/class/hwmon/hwmon3/temp1_input': '40000\n',
});
const battery = (wattHours: number, status = 'Discharging'): Files => ({
  'sys/class/power_supply/BAT0/type': 'Battery\n',
  'sys/class/power_supply/BAT0/status': `${status}\n`,
  'sys/class/power_supply/BAT0/energy_now': `${wattHours * 1e6}\n`,
  'sys/class/power_supply/AC/type': 'Mains\n',
});

const USED: readonly [what: string, start: Files, end: Files, joules: number | undefined, source?: string][] = [
  ['two packages', packages(1e6, 2e6), packages(4e6, 7e6), 8, 'processor packages'],
  ['a counter that begins anew', packages(999e6), packages(1e6), 2, 'processor packages'],
  ['a socket', sockets(10), sockets(25), 15, 'processor sockets'],
  ['a battery', battery(50), battery(49.99), 36, 'battery'],
  ['packages beside a battery', { ...packages(0), ...battery(50) }, { ...packages(3e6), ...battery(40) }, 3],
  ['a battery that is charged', battery(50, 'Charging'), battery(51, 'Charging'), undefined],
  ['one that is plugged in meanwhile', battery(50), battery(51, 'Charging'), undefined],
  ['one that was charged meanwhile', battery(50), battery(51), undefined],
  ['a socket that begins anew', sockets(25), sockets(10), undefined],
  ['nothing', {}, {}, undefined],
  ['no right to read', { [`${RAPL}:0/name`]: 'package-0' }, { [`${RAPL}:0/name`]: 'package-0' }, undefined],
  ['garbage', { ...packages(0), [`${RAPL}:0/energy_uj`]: 'much' }, packages(5e6), undefined],
];
for (const [what, start, end, joules, source] of USED) {
  test(`${what}: ${joules ?? 'no'} joules`, () => {
    const [before, after] = [readEnergy(rootWith(start)), readEnergy(rootWith(end))];
    const used = joulesBetween(before, after);
    if (joules === undefined) assert.equal(used, undefined);
    else assert.ok(used !== undefined && Math.abs(used - joules) < 1e-6, `${used}`);
    if (source !== undefined) assert.equal(after?.source, source);
  });
}

test('what an idle machine would have used is a share, and never more than all', () => {
  const [start, end] = [readEnergy(rootWith(packages(0))), readEnergy(rootWith(packages(100e6)))];
  assert.deepEqual(energyFigures(start, end, 2000, 10), { joules: 100, idleShare: 0.2, source: 'processor packages' });
  assert.equal(energyFigures(start, end, 2000, 1000)?.idleShare, 1);
  assert.equal(energyFigures(start, end, 2000, undefined)?.idleShare, undefined);
  assert.equal(energyFigures(start, start, 2000, 10), undefined);
});
