/** Where samples come from, as the LoadGen sees it: it names samples by index and never looks into one. */
export interface QuerySampleLibrary {
  /** Stands in the logs. */
  readonly name: string;
  /** How many samples there are; indices run from 0 to one less. */
  readonly totalSampleCount: number;
  /** How many samples are sure to fit into memory together. */
  readonly performanceSampleCount: number;
  /** Brings these samples into memory. Called before they are asked for, outside timed code. */
  loadSamplesToRam(samples: readonly number[]): void | Promise<void>;
  /** Called with the same samples once no query of theirs is outstanding, or the run has been given up. */
  unloadSamplesFromRam(samples: readonly number[]): void | Promise<void>;
}

/** All that settings depend on of a library. */
export type LibraryFacts = Pick<QuerySampleLibrary, 'name' | 'totalSampleCount' | 'performanceSampleCount'>;
