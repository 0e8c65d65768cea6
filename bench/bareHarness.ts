import type { QuerySampleLibrary } from '../loadgen/index.js';

/** Has sample indices but no data: the null system never looks at a sample. */
export const emptyLibrary: QuerySampleLibrary = {
  name: 'no samples',
  totalSampleCount: 600,
  performanceSampleCount: 600,
  loadSamplesToRam: () => {},
  unloadSamplesFromRam: () => {},
};
