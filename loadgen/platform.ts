/** What the machine offers a run. The core is handed it, so that it runs wherever JavaScript does. */
import type { Clock } from '../base/clock.js';
import { LoadGenError } from '../base/errors.js';
import type { GarbageCollection } from '../logs/trace/write.js';
import type { OpenLogOutputs } from './logs/logSettings.js';

export interface Platform {
  readonly clock: Clock;
  readonly openLogs: OpenLogOutputs;
  /** Watches the runtime during each series. */
  readonly startMonitor: StartRuntimeMonitor;
}

/** What aborts a run: an `AbortSignalLike`, as far as the core needs one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  /** A `LoadGenError` stands in the logs as the reason. */
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export function abortedError(): LoadGenError {
  return new LoadGenError('RUN_ABORTED', 'the run was aborted before its end');
}

/** What the JavaScript runtime did during a series: garbage collection pauses, and how late the event loop turned. */
export interface RuntimeFigures {
  /** Why what was measured does not count: the run then ends INVALID. */
  readonly fault?: LoadGenError | undefined;
  /** The pauses for garbage collection; undefined where the runtime does not tell. */
  readonly garbageCollection?: Stalls | undefined;
  /** How late the event loop turned. A system that answers inside `issueQuery` keeps it from turning. */
  readonly eventLoopDelayP99Ns: number;
  readonly eventLoopDelayMaxNs: number;
  /** In which the clock goes; undefined where it is far below what is measured. */
  readonly clockStepNs?: number | undefined;
  /** Tasks of 50 ms or more on the thread of the page that the run belongs to; undefined where nobody counts them. */
  readonly longTasks?: Stalls | undefined;
  /** Undefined if nothing could watch for them. */
  readonly pauses: readonly Pause[] | undefined;
  /** Undefined where nothing of it can be told. */
  readonly machine?: MachineFigures | undefined;
  /** Undefined where no counter may be read. */
  readonly energy?: EnergyFigures | undefined;
  /** Empty unless asked for, and where the runtime does not tell. */
  readonly collectionTimes: readonly GarbageCollection[];
}

/** Times in which a thread did nothing else. */
export interface Stalls {
  readonly count: number;
  readonly totalNs: number;
  readonly maxNs: number;
}

/** A time in which the machine slept or the process was stopped. */
export interface Pause {
  /** On the clock of the run; of a finished series, from its start. */
  readonly startNs: number;
  readonly durationNs: number;
}

/** What else took the machine's time during a series, and how its processors were kept. Absent is what nobody can tell. */
export interface MachineFigures {
  /** Of all processors' time, what the hypervisor took for other machines. */
  readonly stolenShare?: number | undefined;
  /** Of all processors' time, what other processes used, those that the system under test started among them. */
  readonly otherShare?: number | undefined;
  /** Of the time, what threads were kept waiting by the container's limit. */
  readonly throttledShare?: number | undefined;
  /** The container's limit, in processors. */
  readonly processorLimit?: number | undefined;
  /** The mean of all processors. */
  readonly startFrequencyMhz?: number | undefined;
  readonly endFrequencyMhz?: number | undefined;
  readonly governor?: string | undefined;
  /** How often a processor slowed down because it was hot. */
  readonly heatThrottles?: number | undefined;
  /** The highest that the system measures, at the end. */
  readonly temperatureC?: number | undefined;
  /** Of the last minute, at the end. */
  readonly loadAverage?: number | undefined;
}

/** What a series cost. */
export interface EnergyFigures {
  readonly joules: number;
  /** What an idle machine would have used in the same time, as a share; undefined where that is not known. */
  readonly idleShare: number | undefined;
  /** What was counted, such as the processor packages. */
  readonly source: string;
}

/** Starts watching; the returned function ends it. */
export type StartRuntimeMonitor = (withCollectionTimes: boolean) => () => Promise<RuntimeFigures | undefined>;
