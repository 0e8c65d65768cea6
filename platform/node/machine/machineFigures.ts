import type { MachineFigures } from '../../../loadgen/platform.js';
import type { MachineReading } from './readMachine.js';

/** The system counts in ticks of 10 ms: of a shorter time, shares would be noise. */
const MIN_WALL_MS = 1000;

/** What happened between two readings. */
export function machineFigures(start: MachineReading, end: MachineReading): MachineFigures {
  const wallMs = end.wallMs - start.wallMs;
  const total = wallMs < MIN_WALL_MS ? 0 : end.processors.total - start.processors.total;
  const since = (name: 'throttledMs' | 'heatThrottles') => difference(start[name], end[name]);
  const throttledMs = since('throttledMs');
  return withoutUnknown({
    stolenShare: shareOf(difference(start.processors.stolen, end.processors.stolen), total),
    otherShare: otherShare(start, end, total),
    throttledShare: shareOf(throttledMs, wallMs),
    processorLimit: end.processorLimit,
    startFrequencyMhz: start.frequencyMhz,
    endFrequencyMhz: end.frequencyMhz,
    governor: end.governor,
    heatThrottles: since('heatThrottles'),
    temperatureC: end.temperatureC,
    loadAverage: end.loadAverage,
  });
}

/** What is busy and is not this process. */
function otherShare(start: MachineReading, end: MachineReading, total: number): number | undefined {
  const busyShare = shareOf(end.processors.busy - start.processors.busy, total);
  const ownShare = shareOf(end.ownMs - start.ownMs, (end.wallMs - start.wallMs) * end.processors.count);
  return busyShare === undefined || ownShare === undefined ? undefined : Math.max(0, busyShare - ownShare);
}

function shareOf(part: number | undefined, whole: number): number | undefined {
  return part === undefined || !(whole > 0) ? undefined : Math.min(1, Math.max(0, part / whole));
}

/** Undefined where a count was not there, or began anew. */
function difference(start: number | undefined, end: number | undefined): number | undefined {
  return start === undefined || end === undefined || end < start ? undefined : end - start;
}

function withoutUnknown(figures: MachineFigures): MachineFigures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}
