/** What else took the machine's time, as logs and reports say it. */
import type { DetailEntry } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { MachineFigures } from '../platform.js';

type NumberName = Exclude<keyof MachineFigures, 'governor'>;

/** In the detail log. */
export const MACHINE_NUMBER_KEYS: Readonly<Record<NumberName, string>> = {
  stolenShare: 'harness_cpu_stolen_share',
  otherShare: 'harness_cpu_other_share',
  throttledShare: 'harness_cpu_throttled_share',
  processorLimit: 'harness_cpu_limit',
  startFrequencyMhz: 'harness_cpu_frequency_start_mhz',
  endFrequencyMhz: 'harness_cpu_frequency_end_mhz',
  heatThrottles: 'harness_cpu_heat_throttles',
  temperatureC: 'harness_temperature_celsius',
  loadAverage: 'harness_load_average',
};
export const GOVERNOR_KEY = 'harness_cpu_governor';

export function machineEntries(machine: MachineFigures): DetailEntry[] {
  const numbers = numbersOf(machine).map(([name, real]): DetailEntry => [MACHINE_NUMBER_KEYS[name], { real }]);
  return machine.governor === undefined ? numbers : [...numbers, [GOVERNOR_KEY, machine.governor]];
}

/** Less than this is on every machine, and changes a median by no more. */
const ENOUGH = { stolenShare: 0.01, otherShare: 0.05, throttledShare: 0.01, frequencyLoss: 0.1 };

export interface Disturbance {
  /** Without figures, so that it is the same of several tests. */
  readonly what: string;
  /** A sentence with its figures. */
  readonly text: string;
}

/** What disturbed a series enough to matter. */
export function disturbancesOf(machine: MachineFigures): Disturbance[] {
  const { stolenShare = 0, otherShare = 0, throttledShare = 0, heatThrottles = 0, processorLimit } = machine;
  const { startFrequencyMhz = 0, endFrequencyMhz = startFrequencyMhz } = machine;
  const found: Disturbance[] = [];
  if (stolenShare >= ENOUGH.stolenShare)
    found.push({
      what: 'the hypervisor took processor time for other machines',
      text: `The hypervisor took ${percent(stolenShare)} of the processors' time for other machines.`,
    });
  if (otherShare >= ENOUGH.otherShare)
    found.push({
      what: 'other processes used the processors',
      text: `Other processes used ${percent(otherShare)} of the processors' time.`,
    });
  if (throttledShare >= ENOUGH.throttledShare) {
    const limit = processorLimit === undefined ? '' : ` of ${formatFixed(processorLimit, 2)} processors`;
    found.push({
      what: "the container's limit kept the process waiting",
      text: `The container's limit${limit} kept the process waiting for ${percent(throttledShare)} of the time.`,
    });
  }
  if (heatThrottles > 0)
    found.push({
      what: 'the processor slowed down because it was hot',
      text: `The processor slowed down ${heatThrottles} times because it was hot.`,
    });
  else if (endFrequencyMhz < startFrequencyMhz * (1 - ENOUGH.frequencyLoss))
    found.push({
      what: "the processors' frequency fell",
      text: `The processors' frequency fell from ${Math.round(startFrequencyMhz)} to ${Math.round(endFrequencyMhz)} MHz.`,
    });
  return found;
}

/** Lines for the summary: every figure that the system told. */
export function machineLines(machine: MachineFigures): string[] {
  const { stolenShare, otherShare, throttledShare, processorLimit, governor, ...rest } = machine;
  const line = (name: string, text: string | undefined) => (text === undefined ? [] : [`${name.padEnd(32)}: ${text}`]);
  const number = (value: number | undefined, digits: number) =>
    value === undefined ? undefined : formatFixed(value, digits);
  const share = (value: number | undefined) => (value === undefined ? undefined : percent(value));
  return [
    ...line('Taken by the hypervisor', share(stolenShare)),
    ...line('Used by other processes', share(otherShare)),
    ...line('Kept waiting by a limit', share(throttledShare)),
    ...line('Limit (processors)', number(processorLimit, 2)),
    ...line('Load average at the end', number(rest.loadAverage, 2)),
    ...line('Frequency at the start (MHz)', number(rest.startFrequencyMhz, 0)),
    ...line('Frequency at the end (MHz)', number(rest.endFrequencyMhz, 0)),
    ...line('Frequency governor', governor),
    ...line('Temperature at the end (°C)', number(rest.temperatureC, 0)),
    ...line('Slowed down because of heat', number(rest.heatThrottles, 0)),
  ];
}

function numbersOf({ governor: _, ...numbers }: MachineFigures): [NumberName, number][] {
  return Object.entries(numbers).filter((entry): entry is [NumberName, number] => typeof entry[1] === 'number');
}

function percent(share: number): string {
  return `${formatFixed(100 * share, 1)} %`;
}
