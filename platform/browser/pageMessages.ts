/** What a page and the worker that runs a test in it say to each other. */
import type { ErrorCode } from '../../base/errorCodes.js';
import type { Stalls } from '../../loadgen/platform.js';
import type { Gap } from '../pauseDetector.js';

/** `start` and `stop` stand around a series. */
export type ToPage = 'start' | 'stop';

/** What spoils a series: the reason that its logs state. */
export interface PageFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

export interface PageReport {
  /** Of the page's thread, on the wall clock's epoch. */
  readonly gaps: readonly Gap[];
  /** Undefined where the browser does not tell. */
  readonly longTasks: Stalls | undefined;
}

/** A fault is told when it happens, the report after `stop`. */
export type ToWorker = { readonly fault: PageFault } | { readonly report: PageReport };
