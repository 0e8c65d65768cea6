/** The LoadGen in a browser: what `import 'sphereface-loadgen/browser'` loads. No module of it needs a bundler. */
export * from '../../loadgen/index.js';
export { type LogFile, type MemoryLogs, memoryLogs } from './memoryLogs.js';
export { measureClockStepNs, monotonicClock } from './monotonicClock.js';
export { type StartTestOptions, startTest } from './startTest.js';
export { watchPage } from './watchPage.js';
