/** What the system says of its processors, at one moment. Nothing here names the machine, its owner or a path. */
import { cpus, loadavg } from 'node:os';
import { numbersOf, textOf } from './kernelFiles.js';

interface ProcessorTimes {
  readonly busy: number;
  readonly stolen: number | undefined;
  readonly total: number;
}

/** Times count on. Undefined is what the system does not tell. */
export interface MachineReading {
  /** Of all processors together, in any one unit. */
  readonly processors: ProcessorTimes & { readonly count: number };
  /** Of this process, with all of its threads. */
  readonly ownMs: number;
  readonly wallMs: number;
  /** Of all threads in the container. */
  readonly throttledMs: number | undefined;
  readonly processorLimit: number | undefined;
  readonly frequencyMhz: number | undefined;
  readonly governor: string | undefined;
  readonly heatThrottles: number | undefined;
  readonly temperatureC: number | undefined;
  readonly loadAverage: number | undefined;
}

/** @param root holds the kernel's `proc` and `sys`; others have none */
export function readMachine(root = '/'): MachineReading {
  const { user, system } = process.cpuUsage();
  const frequenciesKhz = numbersOf(root, CPU, /^cpu\d+$/, 'cpufreq/scaling_cur_freq');
  const temperatures = numbersOf(root, 'sys/class/thermal', /^thermal_zone\d+$/, 'temp');
  const heatThrottles = numbersOf(root, CPU, /^cpu\d+$/, 'thermal_throttle/core_throttle_count');
  return {
    processors: { ...(readProcStat(root) ?? timesOfProcessors()), count: cpus().length },
    ownMs: (user + system) / 1000,
    wallMs: performance.now(),
    ...readLimits(root),
    frequencyMhz: frequenciesKhz.length === 0 ? undefined : sum(frequenciesKhz) / frequenciesKhz.length / 1000,
    governor: textOf(root, CPU, 'cpu0/cpufreq/scaling_governor')
      ?.replaceAll(/[^\w-]/g, '')
      .slice(0, 40),
    heatThrottles: heatThrottles.length === 0 ? undefined : sum(heatThrottles),
    temperatureC: temperatures.length === 0 ? undefined : Math.max(...temperatures) / 1000,
    // Windows has none, and says 0.
    loadAverage: process.platform === 'win32' ? undefined : loadavg()[0],
  };
}

const CPU = 'sys/devices/system/cpu';
/** user nice system idle iowait irq softirq steal, as proc(5) has it; what follows is part of user. */
function readProcStat(root: string): ProcessorTimes | undefined {
  const [, line] = /^cpu +([\d ]+)$/m.exec(textOf(root, 'proc/stat') ?? '') ?? [];
  const times = line?.trim().split(/ +/).map(Number).slice(0, 8) ?? [];
  const [, , , idle, ioWait = 0, , , stolen] = times;
  if (idle === undefined) return undefined;
  return { busy: sum(times) - idle - ioWait - (stolen ?? 0), stolen, total: sum(times) };
}

/** As libuv reads it on macOS and Windows. */
function timesOfProcessors(): ProcessorTimes {
  const times = cpus().map((each) => each.times);
  const total = sum(times.map(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq));
  return { busy: total - sum(times.map(({ idle }) => idle)), stolen: undefined, total };
}

/** Of the control group that this process is in: of version 2, or else of version 1. */
function readLimits(root: string): Pick<MachineReading, 'throttledMs' | 'processorLimit'> {
  const group = /^0::(\/[^\n]*)$/m.exec(textOf(root, 'proc/self/cgroup') ?? '')?.[1] ?? '/';
  // In a container, the group's path may be the host's, and its files stand at the top.
  for (const folder of [group, '/'].filter((path) => !path.includes('..'))) {
    const stat = textOf(root, 'sys/fs/cgroup', folder, 'cpu.stat');
    if (stat === undefined) continue;
    const throttledUs = numberAfter(stat, 'throttled_usec');
    const [quota, period] = (textOf(root, 'sys/fs/cgroup', folder, 'cpu.max') ?? '').split(' ').map(Number);
    return { throttledMs: throttledUs && throttledUs / 1000, processorLimit: limitOf(quota, period) };
  }
  const stat = textOf(root, 'sys/fs/cgroup/cpu/cpu.stat') ?? '';
  const [quota, period] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) =>
    Number(textOf(root, 'sys/fs/cgroup/cpu', name) ?? Number.NaN),
  );
  const throttledNs = numberAfter(stat, 'throttled_time');
  return { throttledMs: throttledNs && throttledNs / 1e6, processorLimit: limitOf(quota, period) };
}

/** Without a limit, the quota is `max`, or -1. */
function limitOf(quota = Number.NaN, period = Number.NaN): number | undefined {
  return quota > 0 && period > 0 ? quota / period : undefined;
}

function numberAfter(text: string, key: string): number | undefined {
  const found = new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
