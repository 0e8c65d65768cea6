import type { SubmissionOutlook } from './openSubmissionRun.js';
import { plannedSteps, type StepTime } from './plannedSteps.js';
import { type LookedUpStep, lookUpSteps, planTable, timeLeft, timeText } from './planText.js';

/** Where results go. */
export interface PlannedPlace {
  readonly tree: string;
  readonly division: string;
  readonly submitter: string;
  readonly system: string;
}

/** Prints what would be made and how long it takes, for people or as JSON. */
export async function printPlan(outlook: SubmissionOutlook, place: PlannedPlace, json: boolean): Promise<void> {
  const steps = await lookUpSteps(plannedSteps(outlook));
  const ofSteps = timeLeft(
    steps.filter(({ isDone }) => !isDone).map(({ step }) => step),
    0,
  );
  // Nobody knows how long it takes to find faces before some have been found.
  const left = { ms: ofSteps.ms, isLeast: ofSteps.isLeast || outlook.missingImages > 0 };
  if (json) console.log(JSON.stringify(planJson(outlook, place, steps, left), undefined, 2));
  else console.log(planText(outlook, place, steps, left));
}

function planJson(
  { runFolder, missingImages }: SubmissionOutlook,
  place: PlannedPlace,
  steps: readonly LookedUpStep[],
  left: StepTime,
): object {
  return {
    version: 1,
    ...place,
    runFolder,
    missingImages,
    steps: steps.map(({ step, isDone }) => {
      const { ms, isLeast } = isDone ? { ms: 0, isLeast: false } : step.expectedTime();
      return { name: step.name, isDone, leftMs: ms, isLeast };
    }),
    leftMs: left.ms,
    isLeast: left.isLeast,
  };
}

function planText(
  { runFolder, missingImages }: SubmissionOutlook,
  { tree, division, submitter, system }: PlannedPlace,
  steps: readonly LookedUpStep[],
  left: StepTime,
): string {
  const areRatesUnknown = steps.some(({ step, isDone }) => !isDone && step.expectedTime().isLeast);
  return [
    planTable(steps),
    `Time left: ${steps.every(({ isDone }) => isDone) ? 'none, all is measured' : timeText(left)}`,
    ...(areRatesUnknown ? ['  more is known once the expected rates are measured'] : []),
    ...(missingImages > 0 ? [`  without that for finding faces in ${missingImages} images, which comes first`] : []),
    `Logs: ${runFolder}`,
    `Results: in ${tree} as ${division}/${submitter}/${system}, and checked`,
    'Nothing was run or written.',
  ].join('\n');
}
