import type { OpenedDataset } from '../../qsl/openDataset.js';
import type { MeasuredTest } from '../../reports/figures/measureTest.js';
import type { DatasetArguments } from '../datasetOptions.js';
import type { PlannedTest } from './planTests.js';
import type { SystemChoice } from './systemChoice.js';

/** What all tests of a run are made with. */
export interface BenchmarkSetup {
  readonly system: SystemChoice;
  /** What reports call the system: a plugin's path would name the owner of the machine. */
  readonly reportedSutName: string;
  readonly dataset: OpenedDataset;
  /** What the data set was opened with; each test's process opens it again. */
  readonly datasetOptions: DatasetArguments & { readonly spread?: number };
  readonly runFolder: string;
  /** What run.json says; undefined in a folder that an earlier version has begun. */
  readonly runId: string | undefined;
  readonly responseTimeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

export interface BenchmarkOptions extends BenchmarkSetup {
  /** In this order. */
  readonly tests: readonly PlannedTest[];
  readonly quick: boolean;
  readonly enableTrace: boolean;
  /** What a terminal shows behind a test's progress, at this share of it, in place of the time that the test has left. */
  readonly progressNote?: ((share: number) => string) | undefined;
  /** Called at the end of each test: what has been measured counts whatever comes after. */
  readonly onResult: (test: MeasuredTest) => void;
}
