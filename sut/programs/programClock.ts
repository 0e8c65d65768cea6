import type { LoadGenError } from '../../base/errors.js';
import { monotonicClock } from '../../platform/node/monotonicClock.js';
import type { ProgramDialogue } from './programDialogue.js';

const READINGS = 16;

/** One reading of a program's clock, between two of ours. */
export interface ClockReading {
  readonly beforeNs: number;
  readonly programNs: number;
  readonly afterNs: number;
}

/** How far a program's clock is ahead of ours, in nanoseconds; undefined if the readings contradict each other. */
export function clockLeadNs(readings: readonly ClockReading[]): number | undefined {
  const least = Math.max(...readings.map(({ programNs, afterNs }) => programNs - afterNs));
  const greatest = Math.min(...readings.map(({ programNs, beforeNs }) => programNs - beforeNs));
  if (!(least <= greatest)) return undefined;
  // Most read the same counter as we do, and then the times need no change.
  return least <= 0 && greatest >= 0 ? 0 : (least + greatest) / 2;
}

/** @throws what `failure` makes of a sentence if its clock is none */
export async function measureClockLead(
  dialogue: ProgramDialogue,
  failure: (what: string) => LoadGenError,
): Promise<number> {
  const readings: ClockReading[] = [];
  for (let count = 0; count < READINGS; count++) {
    const beforeNs = monotonicClock.nowNs();
    const answer = await dialogue.ask('clock', 'clock');
    readings.push({ beforeNs, programNs: Number(answer.get('clock')), afterNs: monotonicClock.nowNs() });
  }
  const leadNs = clockLeadNs(readings);
  if (leadNs !== undefined) return leadNs;
  throw failure(`answers "clock" with times that do not go as a clock does, expected nanoseconds of a monotonic clock`);
}
