/** The LoadGen on Node.js: what `import 'sphereface-loadgen'` loads. */
export * from '../../loadgen/index.js';
export { monotonicClock } from './monotonicClock.js';
export { type StartTestOptions, startTest } from './startTest.js';
