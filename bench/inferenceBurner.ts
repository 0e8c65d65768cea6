/** A worker that keeps a core busy with inferences of the default engine. */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { createEngine, formats } from '../sut/engines/tfjsTflite.js';
import { loadModel } from '../sut/loadModel.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../sut/networks/sphereface20.js';

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const engine = await createEngine(await loadModel({ formats }), { precision: 'fp32', threads: 1 });
const input = new Float32Array(INPUT_VALUES);
const output = new Float32Array(EMBEDDING_VALUES);
parentPort?.postMessage('ready');
for (;;) await engine.infer(input, output);
