import Table from 'cli-table3';
import type { PlannedStep, StepTime } from './plannedSteps.js';

const UNKNOWN = 'not known yet';

/** A step with whether an earlier call has done it. */
export interface LookedUpStep<Step extends PlannedStep = PlannedStep> {
  readonly step: Step;
  readonly isDone: boolean;
}

export async function lookUpSteps<Step extends PlannedStep>(steps: readonly Step[]): Promise<LookedUpStep<Step>[]> {
  const planned: LookedUpStep<Step>[] = [];
  for (const step of steps) planned.push({ step, isDone: await step.isDone() });
  return planned;
}

export function planTable(planned: readonly LookedUpStep[]): string {
  const table = new Table({
    head: ['', 'Step', 'Takes about'],
    colAligns: ['right', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [index, { step, isDone }] of planned.entries())
    table.push([index + 1, step.name, isDone ? 'done' : timeText(step.expectedTime())]);
  return table.toString();
}

/** @param share how much of the first one is done */
export function timeLeft([current, ...later]: readonly Pick<PlannedStep, 'expectedTime'>[], share: number): StepTime {
  const now = current?.expectedTime() ?? { ms: 0, isLeast: false };
  const times = [{ ...now, ms: (1 - share) * now.ms }, ...later.map(({ expectedTime }) => expectedTime())];
  return { ms: times.reduce((sum, { ms }) => sum + ms, 0), isLeast: times.some(({ isLeast }) => isLeast) };
}

/** `10 min left of all`. */
export function leftText(time: StepTime): string {
  const text = timeText(time);
  return text === UNKNOWN ? `time left of all ${UNKNOWN}` : `${text} left of all`;
}

/** `1 h 2 min`; `12 s` below a minute; `10 min or more` and `not known yet` where rates have yet to be measured. */
export function timeText({ ms, isLeast }: StepTime): string {
  if (!isLeast) return durationText(ms, Math.ceil);
  return ms < 1000 ? UNKNOWN : `${durationText(ms, Math.floor)} or more`;
}

function durationText(ms: number, round: (value: number) => number): string {
  const seconds = round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
