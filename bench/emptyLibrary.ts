import type { QuerySampleLibrary } from '../loadgen/index.js';

/** Has indices and nothing behind them: the null system does not look. */
export const emptyLibrary: QuerySampleLibrary = {
  name: 'no samples',
  totalSampleCount: 600,
  performanceSampleCount: 600,
  loadSamplesToRam: () => {},
  unloadSamplesFromRam: () => {},
};
