/** The program of a pool's worker: one engine, one pair at a time. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { monotonicClock } from '../../loadgen/clock.js';
import { importEngine } from '../engines/index.js';
import { pairInputsAt } from '../pairInputs.js';
import type { Task, WorkerMessage, WorkerStart } from './messages.js';

giveWay();
const start: WorkerStart = workerData;
const features = new Float32Array(start.features);
const { createEngine } = await importEngine(start.engineModule);
const engine = await createEngine({ name: start.modelName, tflite: new Uint8Array(start.tflite) });
let shared = new SharedArrayBuffer(0);

parentPort?.on('message', (task: Task) => {
  shared = task.shared ?? shared;
  engine.infer(pairInputsAt(shared, task.offset), features);
  send({ type: 'done', completedAtNs: monotonicClock.nowNs() });
});
const { name, version, threads, instructionSet } = engine;
send({ type: 'ready', engine: { name, version, threads, instructionSet } });

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

/**
 * Computing threads give way to the thread that issues queries, which is to be in time. Linux knows a priority for each
 * thread; elsewhere it would be the process's.
 */
function giveWay(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
