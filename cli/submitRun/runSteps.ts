import Table from 'cli-table3';
import type { SubmitStep } from './submitSteps.js';

interface PlannedStep {
  readonly step: SubmitStep;
  readonly isDone: boolean;
}

/** Shows the plan, then runs what has not been done before, with the time left of all of it throughout. */
export async function runSteps(steps: readonly SubmitStep[], signal: AbortSignal): Promise<void> {
  const planned: PlannedStep[] = [];
  for (const step of steps) planned.push({ step, isDone: await step.isDone() });
  console.error(planTable(planned));
  for (const [index, { step }] of planned.entries()) {
    signal.throwIfAborted();
    // Asked again: an earlier step may have changed the settings that this one was done with, or brought them back.
    if (await step.isDone()) continue;
    const later = planned.slice(index + 1).filter(({ isDone }) => !isDone);
    const left = [step, ...later.map((planned) => planned.step)];
    console.error(`${index + 1} of ${steps.length}: ${step.name}, ${leftText(timeLeftMs(left, 0))} of all`);
    await step.run((share) => ` | all: ${leftText(timeLeftMs(left, share))}`);
  }
  signal.throwIfAborted();
}

/** @param share how much of the first one is done */
export function timeLeftMs([current, ...later]: readonly Pick<SubmitStep, 'expectedMs'>[], share: number): number {
  const laterMs = later.reduce((sum, { expectedMs }) => sum + (expectedMs() ?? 0), 0);
  return (1 - share) * (current?.expectedMs() ?? 0) + laterMs;
}

/** `1 h 2 min left`; `12 s left` below a minute. */
export function leftText(ms: number): string {
  return `${durationText(ms)} left`;
}

function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function planTable(planned: readonly PlannedStep[]): string {
  const table = new Table({
    head: ['', 'Step', 'Takes about'],
    colAligns: ['right', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [index, { step, isDone }] of planned.entries()) {
    const expectedMs = step.expectedMs();
    table.push([index + 1, step.name, isDone ? 'done' : expectedMs === undefined ? '' : durationText(expectedMs)]);
  }
  return table.toString();
}
