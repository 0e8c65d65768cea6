import { exponentialNs } from '../random/distributions.js';
import { MersenneTwister } from '../random/mersenneTwister.js';
import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import type { Pauses } from './pauses.js';
import type { QueryPlan } from './queryPlan.js';

export interface QuerySchedule {
  readonly queryCount: number;
  /** When each query is due, in nanoseconds after the start; undefined where it is due when it is issued. */
  readonly scheduledDeltaNs: Float64Array | undefined;
  /** When the query after the last one would be due. */
  readonly durationNs: number;
}

/** Says how many queries a series has, and in Server when each of them is due. */
export async function scheduleQueries(
  settings: EffectiveSettings,
  plan: QueryPlan,
  pauses: Pauses,
): Promise<QuerySchedule> {
  const next = arrivalTimes(settings);
  const isServer = settings.scenario === 'Server';
  let scheduledNs = new Float64Array(isServer ? plan.minQueries : 0);
  let { minQueries } = plan;
  let queryCount = 0;
  let previousNs = 0;
  let timestampNs = 0;
  while (previousNs < plan.durationNs || queryCount < minQueries) {
    const pause = pauses.dueAfter(1);
    if (pause !== undefined) await pause;
    if (isServer) {
      if (queryCount === scheduledNs.length) scheduledNs = doubled(scheduledNs);
      scheduledNs[queryCount] = timestampNs;
    }
    queryCount++;
    previousNs = timestampNs;
    timestampNs += next();
    const wholePermutation = plan.equalIssue && settings.scenario !== 'Offline' && queryCount >= minQueries;
    if (wholePermutation && previousNs < plan.durationNs) minQueries += plan.setSize;
  }
  return {
    queryCount,
    scheduledDeltaNs: isServer ? scheduledNs.slice(0, queryCount) : undefined,
    durationNs: timestampNs,
  };
}

/** The time from one query to the next: Poisson arrivals in Server, a fixed period elsewhere. */
function arrivalTimes(settings: EffectiveSettings): () => number {
  if (settings.scenario === 'Server') {
    const random = new MersenneTwister(settings.requested.scheduleRngSeed);
    return () => exponentialNs(random, settings.targetQps);
  }
  const periodNs = Math.trunc((1 / settings.targetQps) * 1e9);
  return () => periodNs;
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(Math.max(1024, 2 * values.length));
  longer.set(values);
  return longer;
}
