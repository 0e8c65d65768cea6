/** Plugins with an engine, which runs in the issuing thread and in workers, and modules that misbehave while imported. */
import type { EngineRow, ModuleRow } from './hostileCase.js';

const REFUSED = [2];
const INVALID = [3];
const VALID = [0];
const EITHER = [0, 2, 3];

/** Tried in the issuing thread and in a worker. */
export const ENGINE_ROWS: readonly EngineRow[] = [
  ['works', VALID, {}, '--unverified'],
  ['exits in checkUsable', REFUSED, { checkUsable: 'process.exit(0);' }],
  ['exits while it is created', REFUSED, { create: 'process.exit(0);' }],
  ['exits in infer', INVALID, { infer: 'process.exit(0);' }],
  ['exits in close', EITHER, { close: 'process.exit(1);' }],
  ['aborts in infer', INVALID, { infer: 'process.abort();' }],
  ['crashes in native code', INVALID, { infer: 'crash();' }],
  ['crashes in native code while it is created', REFUSED, { create: 'crash();' }],
  ['crashes in native code in close', EITHER, { close: 'crash();' }],
  ['loops in infer', INVALID, { infer: 'block();' }],
  ['loops while it is created', REFUSED, { create: 'block();' }],
  ['loops in close', EITHER, { close: 'block();' }],
  ['never infers', INVALID, { infer: 'await new Promise(() => {});' }],
  ['never closes', EITHER, { close: 'await new Promise(() => {});' }],
  ['is never created', REFUSED, { create: 'await new Promise(() => {});' }],
  ['throws what throws in infer', INVALID, { infer: 'throw nobody;' }],
  ['throws nothing in infer', INVALID, { infer: 'throw undefined;' }],
  ['throws a function while it is created', REFUSED, { create: 'throw () => {};' }],
  ['throws a proxy in checkUsable', REFUSED, { checkUsable: 'throw nobody;' }],
  [
    'throws in a timer',
    INVALID,
    { infer: "setTimeout(() => { throw new Error('tick'); }); await sleep(10); outputs.fill(0.5);" },
  ],
  ['loses a rejection', INVALID, { infer: 'Promise.reject(nobody); await sleep(10); outputs.fill(0.5);' }],
  [
    'returns a rejected thenable',
    INVALID,
    { members: "infer() { return { then(_, reject) { reject(new Error('thenable')); } }; }" },
  ],
  ['writes NaN', INVALID, { infer: 'outputs.fill(NaN);' }],
  ['writes nothing', INVALID, { infer: '' }],
  [
    'writes beyond its outputs',
    VALID,
    { infer: 'await sleep(4); for (let i = 0; i < 1e5; i++) outputs[i] = 0.5;' },
    '--unverified',
  ],
  ['detaches its outputs', INVALID, { infer: 'structuredClone(outputs.buffer, { transfer: [outputs.buffer] });' }],
  ['overwrites its inputs', EITHER, { infer: 'inputs.fill(NaN); outputs.fill(0.5);' }],
  ['fills the heap', INVALID, { infer: 'const kept = []; for (;;) kept.push(new Array(1e5).fill(inputs));' }],
  ['sleeps in Atomics.wait', INVALID, { infer: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);' }],
  ['has no members', REFUSED, { create: 'return {};' }],
  ['is null', REFUSED, { create: 'return null;' }],
  ['has getters that throw', REFUSED, { members: 'get version() { throw nobody; }' }],
  ['has a version that is a bigint', REFUSED, { members: 'version: 1n' }],
  ['has a name that is a function', REFUSED, { members: 'name: () => {}' }],
  ['computes on threads without end', REFUSED, { members: 'threads: Infinity' }],
  [
    'leaves a detached child',
    EITHER,
    { create: "childProcess.spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref();" },
  ],
];

/** Tried in a worker alone. */
export const WORKER_ROWS: readonly EngineRow[] = [
  ['posts null', INVALID, { infer: 'parentPort?.postMessage(null); await sleep(1); outputs.fill(1);' }],
  [
    'posts an object that throws',
    EITHER,
    { infer: 'parentPort?.postMessage({ type: "ready", engine: null }); await sleep(1); outputs.fill(1);' },
  ],
  [
    'posts a forged end',
    EITHER,
    { infer: 'parentPort?.postMessage({ type: "done" }); await sleep(1); outputs.fill(1);' },
  ],
  [
    'posts a forged time',
    INVALID,
    { infer: 'parentPort?.postMessage({ type: "done", completedAtNs: "x" }); await sleep(100);' },
  ],
  [
    'posts that it is ready and loops',
    EITHER,
    { create: 'if (parentPort) { parentPort.postMessage({ type: "ready", engine: { name: 5 } }); block(); }' },
  ],
  ['closes its port', INVALID, { infer: 'parentPort?.close(); await sleep(1); outputs.fill(1);' }],
  ['throws in the worker alone while created', REFUSED, { create: "if (!isMainThread) throw new Error('no worker');" }],
  ['exits while imported in the worker', REFUSED, { top: 'if (!isMainThread) process.exit(0);' }],
  ['loops while imported in the worker', REFUSED, { top: 'if (!isMainThread) block();' }],
  ['crashes in Offline', INVALID, { infer: 'crash();' }, '--scenario', 'Offline'],
];

export const MODULE_ROWS: readonly ModuleRow[] = [
  ['is empty', REFUSED, ''],
  ['does not parse', REFUSED, 'export default {'],
  ['exits', REFUSED, 'process.exit(0); export default {};'],
  ['loops', REFUSED, 'block(); export default {};'],
  ['never finishes', REFUSED, 'await new Promise(() => {}); export default {};'],
  [
    'never finishes but keeps a timer',
    REFUSED,
    'await new Promise(() => setInterval(() => {}, 1000)); export default {};',
  ],
  ['crashes in native code', REFUSED, 'crash(); export default {};'],
  ['throws a proxy', REFUSED, 'throw nobody; export default {};'],
  [
    'throws in a timer',
    REFUSED,
    "setTimeout(() => { throw new Error('late'); }); await sleep(60_000); export default {};",
  ],
  ['fills the heap', REFUSED, 'const kept = []; for (;;) kept.push(new Array(1e5).fill(1)); export default {};'],
  ['exports a proxy that throws', REFUSED, 'export default nobody;'],
  ['exports a promise', REFUSED, 'export default new Promise(() => {});'],
  ['exports a thenable module', REFUSED, 'export const then = (resolve) => {}; export default {};'],
  [
    'exports a name that is an object',
    REFUSED,
    "export default { interfaceVersion: 1, kind: 'systemUnderTest', name: {}, createSystemUnderTest() {} };",
  ],
  [
    'exports cyclic formats',
    REFUSED,
    "const own = []; own.push(own); export default { interfaceVersion: 1, kind: 'engine', name: 'x', formats: own, precisions: ['fp32'], async checkUsable() {}, async createEngine() {} };",
  ],
  ['exports a getter that loops', REFUSED, 'export default { interfaceVersion: 1, get kind() { block(); } };'],
  [
    'exports a kind that changes',
    REFUSED,
    "let reads = 0; export default { interfaceVersion: 1, get kind() { return ++reads > 3 ? 'engine' : 'systemUnderTest'; }, name: 'x', createSystemUnderTest() { return null; } };",
  ],
  [
    'returns no promise',
    REFUSED,
    "export default { interfaceVersion: 1, kind: 'systemUnderTest', name: 'x', createSystemUnderTest() {} };",
  ],
  [
    'throws at once',
    REFUSED,
    "export default { interfaceVersion: 1, kind: 'systemUnderTest', name: 'x', createSystemUnderTest() { throw nobody; } };",
  ],
  ['imports what is not there', REFUSED, "import 'not-there'; export default {};"],
];
