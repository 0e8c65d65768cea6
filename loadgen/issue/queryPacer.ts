import type { Clock } from '../clock.js';
import type { TestScenario } from '../settings/testSettings.js';
import type { CompletionRecorder } from './completionRecorder.js';
import { paceOffline } from './offline.js';
import { paceSingleStream } from './singleStream.js';

/** What a scenario's pacing may look at. */
export interface Pacing {
  readonly clock: Clock;
  readonly recorder: CompletionRecorder;
}

/**
 * What tells the scenarios apart: when the next query may go out. Asked before each query; undefined means at once, a
 * promise means once it has resolved.
 */
export type QueryPacer = (pacing: Pacing) => Promise<void> | undefined;

/** The pacer of a scenario, or undefined where this LoadGen does not issue it. */
export const QUERY_PACERS: Readonly<Partial<Record<TestScenario, QueryPacer>>> = {
  SingleStream: paceSingleStream,
  Offline: paceOffline,
};
