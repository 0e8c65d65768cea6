/** What a page and the worker that measures say to each other. */
import type { LogFile } from '../../platform/browser/memoryLogs.js';
import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import type { Precision } from '../../sut/engine.js';
import type { Manifest } from './manifest.js';
import type { PlannedTest } from './plannedTest.js';

/** Sent to the worker once, with the port of `watchPage`. */
export interface RunOrder {
  readonly manifest: Manifest;
  /** The page's address, where the paths of files start. */
  readonly base: string;
  readonly engine: string;
  readonly precision: Precision;
  /** How many may compute an inference. */
  readonly threads: number;
  readonly tests: readonly PlannedTest[];
  readonly runId: string;
  /** What the logs say of the browser. */
  readonly facts: SystemConfiguration;
}

/** What a worker is doing before it measures. */
export type Preparation = 'model' | 'engine' | 'embeddings';

export interface MeasuredTest {
  /** Its place in the order. */
  readonly test: number;
  readonly files: readonly LogFile[];
  readonly isBrokenOff: boolean;
}

export type WorkerReport =
  | { readonly kind: 'bytes'; readonly loaded: number; readonly total: number }
  | { readonly kind: 'preparation'; readonly preparation: Preparation }
  | { readonly kind: 'progress'; readonly test: number; readonly share: number }
  | ({ readonly kind: 'measured' } & MeasuredTest)
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string | undefined };
