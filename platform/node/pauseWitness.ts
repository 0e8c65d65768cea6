/** The program of a thread that does nothing but look at the clock: what it misses, no thread of the process could do. */
import { parentPort } from 'node:worker_threads';
import { GapRecorder, INTERVAL_MS } from '../pauseDetector.js';
import { monotonicClock } from './monotonicClock.js';

const read = () => ({ monotonicNs: monotonicClock.nowNs(), wallNs: Date.now() * 1e6 });
const recorder = new GapRecorder(read());
setInterval(() => recorder.look(read()), INTERVAL_MS);
parentPort?.on('message', () => {
  recorder.look(read());
  parentPort?.postMessage(recorder.gaps);
});
parentPort?.postMessage(recorder.gaps);
