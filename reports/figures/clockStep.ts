/** What a coarse clock, such as a browser's, does to figures. */
import type { LogValues } from '../../logs/detail/values.js';
import { CLOCK_STEP_KEY } from '../../logs/detail/write.js';
import { formatDurationNs } from '../humanUnits.js';
import type { Interval } from './percentileInterval.js';
import type { FigureUnit, TestRecord } from './runRecord.js';

/** A clock is coarse beside a latency of which its step is a larger share than this. */
const COARSE_SHARE = 0.01;

/** 0 where the log says nothing of it: other clocks than browsers' go in nanoseconds. */
export function clockStepNs(log: LogValues): number {
  return log.optionalNumber(CLOCK_STEP_KEY) ?? 0;
}

/** A latency is the difference of two readings, of which each is less than a step before the time that it stands for. */
export function widenLatencies([lower, upper]: Interval, stepNs: number): Interval {
  return [Math.max(0, lower - stepNs), upper + stepNs];
}

/** Of a rate per second: so many samples in a time that may be a step longer or shorter. Undefined if that is no time. */
export function widenRate([lower, upper]: Interval, samples: number, stepNs: number): Interval | undefined {
  const [mostNs, leastNs] = [(samples * 1e9) / lower + stepNs, (samples * 1e9) / upper - stepNs];
  return leastNs > 0 ? [(samples * 1e9) / mostNs, (samples * 1e9) / leastNs] : undefined;
}

interface Figure {
  readonly name: string;
  readonly unit: FigureUnit;
  readonly value: number;
}

/** Where the clock was coarse beside the median latency. */
export function coarseClockOf(log: LogValues, figures: readonly Figure[]): Pick<TestRecord, 'coarseClock'> {
  const stepNs = clockStepNs(log);
  const medianNs = figures.find(({ name, unit }) => unit === 'ns' && name === 'p50')?.value;
  return medianNs !== undefined && stepNs > COARSE_SHARE * medianNs ? { coarseClock: { stepNs, medianNs } } : {};
}

export function coarseClockText({ stepNs, medianNs }: NonNullable<TestRecord['coarseClock']>): string {
  const [step, median] = [formatDurationNs(stepNs), formatDurationNs(medianNs)];
  return `The clock goes in steps of ${step}, more than 1 % of the median latency, ${median}: no latency is more exact than a step.`;
}
