import type { Clock } from '../../base/clock.js';
import type { TestScenario } from '../settings/testSettings.js';
import type { CompletionRecorder } from './completionRecorder.js';
import { paceOffline } from './offline.js';
import { paceOneAtATime } from './oneAtATime.js';
import { paceServer } from './server.js';

/**
 * What tells the scenarios apart: when a query may go out. Asked before each query; undefined means at once, a promise
 * means once it has resolved.
 */
export type QueryPacer = (recorder: CompletionRecorder, clock: Clock, query: number) => Promise<void> | undefined;

export const QUERY_PACERS: Readonly<Record<TestScenario, QueryPacer>> = {
  SingleStream: paceOneAtATime,
  MultiStream: paceOneAtATime,
  Server: paceServer,
  Offline: paceOffline,
};
