/** The program of a pool's worker: one engine, one task at a time. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { imagesAt } from '../../base/pairLayout.js';
import { monotonicClock } from '../../platform/node/monotonicClock.js';
import { engineFactsOf } from '../closableSystemUnderTest.js';
import { importEngine } from '../engines/index.js';
import { inferInBatches } from '../inferInBatches.js';
import { checkEngine } from '../plugins/checkPlugin.js';
import type { Task, WorkerMessage, WorkerStart } from './messages.js';

lowerThreadPriority();
const { engineModule, model, engineOptions, batch, features }: WorkerStart = workerData;
const imported = await importEngine(engineModule);
const engine = checkEngine(await imported.createEngine(model, engineOptions), engineModule);
let shared = new SharedArrayBuffer(0);

parentPort?.on('message', (task: Task | 'close') => {
  if (task === 'close') {
    void close();
    return;
  }
  shared = task.shared ?? shared;
  const inputs = imagesAt(shared, task.offset, task.images, model.network);
  const outputs = new Float32Array(features, 0, task.images * model.network.embeddingValues);
  const pending = inferInBatches(engine, model.network, batch, inputs, outputs);
  if (pending === undefined) done();
  // A broken promise has to end the worker as an exception does: both leave the event loop uncaught.
  else void pending.then(done);
});
send({ type: 'ready', engine: engineFactsOf(engine) });

function done(): void {
  send({ type: 'done', completedAtNs: monotonicClock.nowNs() });
}

/** Native memory is not freed by the end of a thread. */
async function close(): Promise<void> {
  await engine.close();
  process.exit();
}

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

/**
 * Computing threads give way to the thread that issues queries, which is to be in time. Linux knows a priority for each
 * thread; elsewhere it would be the process's.
 */
function lowerThreadPriority(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
