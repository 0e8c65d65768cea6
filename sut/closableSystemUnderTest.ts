import type { SystemUnderTest } from '../loadgen/systemUnderTest.js';

export interface ClosableSystemUnderTest extends SystemUnderTest {
  /** What reports say of the system, by property: engine, version, model, workers, ... */
  readonly configuration: Readonly<Record<string, string | number>>;
  /** Ends workers and frees memory. Samples not yet answered never will be: their run is told so. */
  close(): Promise<void>;
}
