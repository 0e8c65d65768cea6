import { type Disturbance, disturbancesOf } from '../../loadgen/logs/machineReport.js';
import { formatDurationNs, percentText } from '../humanUnits.js';
import { coarseClockText } from './clockStep.js';
import type { TestRecord } from './runRecord.js';

type Disturbed = Pick<TestRecord, 'machine' | 'latencyTrend' | 'coarseClock'>;

/** What disturbed a test enough to matter, but for the pauses of the machine. */
export function disturbancesOfTest({ machine = {}, latencyTrend, coarseClock }: Disturbed): Disturbance[] {
  return [
    ...disturbancesOf(machine),
    ...(latencyTrend === undefined ? [] : [trend(latencyTrend)]),
    ...(coarseClock === undefined
      ? []
      : [{ what: 'the clock was coarse beside latencies', text: coarseClockText(coarseClock) }]),
  ];
}

function trend(ratio: number): Disturbance {
  const change = ratio > 1 ? `${percentText(ratio - 1)} longer` : `${percentText(1 - ratio)} shorter`;
  return {
    what: 'latency went up or down over the test',
    text: `Queries took ${change} in the last quarter of the test than in the first: something changed meanwhile, such as heat.`,
  };
}

/** Warnings of the times in which nothing ran, and of what else disturbed the test. */
export function disturbanceWarnings(test: Pick<TestRecord, 'pauses'> & Disturbed): string[] {
  const ofPauses = (test.pauses ?? []).map(({ startMs, durationMs }) => {
    const [start, duration] = [startMs, durationMs].map((ms) => formatDurationNs(ms * 1e6));
    return `Nothing ran for ${duration}, from ${start} after the start on: the machine slept, or the process was stopped.`;
  });
  return [...ofPauses, ...disturbancesOfTest(test).map(({ text }) => text)].map((text) => `WARNING: ${text}`);
}
