import type { EffectiveSettings } from '../settings/testSettings.js';
import type { QuerySchedule } from './generatedQueries.js';
import type { Pauses } from './pauses.js';
import type { QueryPlan } from './queryPlan.js';

/** Says how many queries a series has and, if the scenario has a schedule, when each of them is due. */
export async function scheduleQueries(
  settings: EffectiveSettings,
  plan: QueryPlan,
  pauses: Pauses,
): Promise<QuerySchedule> {
  const { hasSchedule, intervalsNs } = plan.scenario;
  const nextIntervalNs = intervalsNs(settings);
  let scheduledNs = new Float64Array(hasSchedule ? plan.minQueries : 0);
  let { minQueries } = plan;
  let queryCount = 0;
  let previousNs = 0;
  let timestampNs = 0;
  while (previousNs < plan.durationNs || queryCount < minQueries) {
    const pause = pauses.dueAfter(1);
    if (pause !== undefined) await pause;
    if (hasSchedule) {
      if (queryCount === scheduledNs.length) scheduledNs = doubled(scheduledNs);
      scheduledNs[queryCount] = timestampNs;
    }
    queryCount++;
    previousNs = timestampNs;
    timestampNs += nextIntervalNs();
    const endsPermutation = plan.equalIssue && queryCount >= minQueries;
    if (endsPermutation && previousNs < plan.durationNs) minQueries += plan.setSize;
  }
  return {
    queryCount,
    scheduledDeltaNs: hasSchedule ? scheduledNs.slice(0, queryCount) : undefined,
    durationNs: timestampNs,
  };
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(Math.max(1024, 2 * values.length));
  longer.set(values);
  return longer;
}
