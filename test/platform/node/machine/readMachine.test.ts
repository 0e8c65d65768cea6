/** On folders laid out as the kernel lays them out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MachineReading, readMachine } from '../../../../platform/node/machine/readMachine.js';
import { rootWith } from './kernelFolder.js';

const STAT = 'cpu  100 20 30 400 50 6 7 80 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 1\n';
const CPU = 'sys/devices/system/cpu';

const READ: readonly [what: string, files: Record<string, string>, expected: Partial<MachineReading>][] = [
  [
    'limits of version 2',
    {
      'proc/self/cgroup': '0::/a/b\n',
      'sys/fs/cgroup/a/b/cpu.stat': 'usage_usec 5\nnr_throttled 2\nthrottled_usec 1500\n',
      'sys/fs/cgroup/a/b/cpu.max': '150000 100000\n',
    },
    { throttledMs: 1.5, processorLimit: 1.5 },
  ],
  [
    "a group whose path is the host's",
    {
      'proc/self/cgroup': '0::/docker/abc\n',
      'sys/fs/cgroup/cpu.stat': 'throttled_usec 2000\n',
      'sys/fs/cgroup/cpu.max': 'max 100000\n',
    },
    { throttledMs: 2, processorLimit: undefined },
  ],
  [
    'a group outside of the tree',
    { 'proc/self/cgroup': '0::/../x\n', 'sys/fs/cgroup/cpu.stat': 'throttled_usec 3000\n' },
    { throttledMs: 3 },
  ],
  [
    'limits of version 1',
    {
      'sys/fs/cgroup/cpu/cpu.stat': 'nr_periods 1\nthrottled_time 7000000\n',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
      'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    },
    { throttledMs: 7, processorLimit: 0.5 },
  ],
  [
    'no limit of version 1',
    { 'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
    { throttledMs: undefined, processorLimit: undefined },
  ],
  [
    'frequencies and a governor',
    {
      [`${CPU}/cpu0/cpufreq/scaling_cur_freq`]: '1000000\n',
      [`${CPU}/cpu1/cpufreq/scaling_cur_freq`]: '3000000\n',
      [`${CPU}/cpufreq/scaling_cur_freq`]: '9\n',
      [`${CPU}/cpu0/cpufreq/scaling_governor`]: 'powersave\n',
    },
    { frequencyMhz: 2000, governor: 'powersave' },
  ],
  [
    'heat',
    {
      [`${CPU}/cpu0/thermal_throttle/core_throttle_count`]: '3\n',
      [`${CPU}/cpu1/thermal_throttle/core_throttle_count`]: '4\n',
      'sys/class/thermal/thermal_zone0/temp': '41000\n',
      'sys/class/thermal/thermal_zone1/temp': '63500\n',
      'sys/class/thermal/cooling_device0/temp': '99000\n',
    },
    { heatThrottles: 7, temperatureC: 63.5 },
  ],
  [
    'garbage',
    {
      'sys/class/thermal/thermal_zone0/temp': 'hot\n',
      [`${CPU}/cpu0/cpufreq/scaling_cur_freq`]: '',
      [`${CPU}/cpu0/cpufreq/scaling_governor`]: '<b>\u0007x</b>\n',
      'sys/fs/cgroup/cpu.stat': 'throttled_usec many\n',
      'sys/fs/cgroup/cpu.max': '\n',
    },
    {
      temperatureC: undefined,
      frequencyMhz: undefined,
      governor: 'bxb',
      throttledMs: undefined,
      processorLimit: undefined,
    },
  ],
];
for (const [what, files, expected] of READ) {
  test(`${what} are read`, () => {
    const reading = readMachine(rootWith(files));
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual([name, reading[name as keyof MachineReading]], [name, value]);
  });
}

test("processor times are read from the kernel's, without what guests used a second time", () => {
  const { busy, stolen, total } = readMachine(rootWith({ 'proc/stat': STAT })).processors;
  assert.deepEqual({ busy, stolen, total }, { busy: 163, stolen: 80, total: 693 });
});

test('without them, they are those that every system tells', () => {
  const { busy, stolen, total, count } = readMachine(rootWith({})).processors;
  assert.ok(busy > 0 && total > busy && count > 0);
  assert.equal(stolen, undefined);
});

test('this machine is read without a fault, and its times count on', () => {
  const [first, second] = [readMachine(), readMachine()];
  assert.ok(second.processors.total >= first.processors.total && second.wallMs >= first.wallMs);
});
