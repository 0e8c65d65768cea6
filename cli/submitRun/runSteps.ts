import { leftText, lookUpSteps, planTable, timeLeft } from './planText.js';
import type { SubmitStep } from './submitSteps.js';

/** Shows the plan, then runs what has not been done before, with the time left of all of it throughout. */
export async function runSteps(steps: readonly SubmitStep[], signal: AbortSignal): Promise<void> {
  const planned = await lookUpSteps(steps);
  console.error(planTable(planned));
  for (const [index, { step }] of planned.entries()) {
    signal.throwIfAborted();
    // Asked again: an earlier step may have changed the settings that this one was done with, or brought them back.
    if (await step.isDone()) continue;
    const later = planned.slice(index + 1).filter(({ isDone }) => !isDone);
    const left = [step, ...later.map((planned) => planned.step)];
    console.error(`${index + 1} of ${steps.length}: ${step.name}, ${leftText(timeLeft(left, 0))}`);
    await step.run((share) => ` | ${leftText(timeLeft(left, share))}`);
  }
  signal.throwIfAborted();
}
