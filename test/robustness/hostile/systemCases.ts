/** Plugins that answer queries by themselves, and misbehave. */
import type { SystemRow } from './hostileCase.js';

/** Nothing was measured. */
const REFUSED = [2];
const INVALID = [3];
const VALID = [0];
/** What it did counts, or is refused; the system broke no rule that every harness has to notice. */
const EITHER = [0, 2, 3];

export const SYSTEM_ROWS: readonly SystemRow[] = [
  ['works', VALID, {}],
  // It ends its process.
  ['exits while it is created', REFUSED, { create: 'process.exit(0);' }],
  ['exits in the first query', INVALID, { issue: 'process.exit(0);' }],
  ['exits with 2 between two queries', INVALID, { create: 'if (!isCheck) setTimeout(() => process.exit(2), 150);' }],
  ['exits in flushQueries', INVALID, { flush: 'process.exit(0);' }],
  ['exits in close', EITHER, { close: 'process.exit(1);' }],
  ['sets the exit code', VALID, { issue: 'process.exitCode = 7; answer(samples, responder);' }],
  ['calls process.reallyExit', INVALID, { issue: 'process.reallyExit(0);' }],
  ['kills itself', INVALID, { issue: "process.kill(process.pid, 'SIGKILL');" }],
  ['ends itself with SIGTERM', INVALID, { issue: 'process.kill(process.pid); answer(samples, responder);' }],
  ['kills its process group', INVALID, { issue: "process.kill(0, 'SIGKILL');" }],
  [
    'interrupts itself while it is created',
    REFUSED,
    { create: "process.kill(process.pid, 'SIGINT'); await sleep(60_000);" },
  ],
  ['stops itself', INVALID, { issue: "process.kill(process.pid, 'SIGSTOP');" }],
  ['aborts', INVALID, { issue: 'process.abort();' }],
  ['crashes in native code', INVALID, { issue: 'crash();' }],
  ['crashes in native code while it is created', REFUSED, { create: 'crash();' }],
  ['loops in a listener of exit', INVALID, { create: "process.on('exit', block);", issue: 'process.exit(0);' }],
  ['loops in a listener of exit after a good run', EITHER, { create: "if (!isCheck) process.on('exit', block);" }],
  ['makes process.exit do nothing', INVALID, { create: 'process.exit = () => {};', issue: 'process.exit(0);' }],
  [
    'ignores signals and never answers',
    INVALID,
    { create: "process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});", issue: '' },
  ],
  // It throws what cannot be printed, or where nobody catches.
  ['throws null', INVALID, { issue: 'throw null;' }],
  ['throws an object without a prototype', INVALID, { issue: 'throw Object.create(null);' }],
  ['throws a proxy that throws', INVALID, { issue: 'throw nobody;' }],
  [
    'throws an error whose stack throws',
    INVALID,
    {
      issue:
        "const error = new Error('x'); Object.defineProperty(error, 'stack', { get() { throw 1; } }); throw error;",
    },
  ],
  [
    'throws an error whose message is a cyclic object',
    INVALID,
    {
      issue:
        'const error = new Error(); error.message = {}; error.message.toString = () => error.message; throw error;',
    },
  ],
  [
    'throws an error that causes itself',
    INVALID,
    { issue: "const error = new Error('x'); error.cause = error; throw error;" },
  ],
  ['throws an object whose toString loops once', INVALID, { issue: 'throw { toString() { return nobody.x; } };' }],
  ['throws a 200 MB text', INVALID, { issue: "throw 'x'.repeat(2e8);" }],
  [
    'fails with a revoked proxy',
    INVALID,
    { issue: 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); responder.fail(proxy);' },
  ],
  ['fails with nothing', INVALID, { issue: 'responder.fail();' }],
  ['fails a thousand times', INVALID, { issue: 'for (let i = 0; i < 1000; i++) responder.fail(i);' }],
  [
    'fails with what looks like an error of ours',
    INVALID,
    { issue: "responder.fail({ name: 'LoadGenError', code: 'NONE', exitCode: 0, message: 5 });" },
  ],
  [
    'throws in a timer again and again',
    INVALID,
    { create: "if (!isCheck) setInterval(() => { throw new Error('tick'); }, 1);" },
  ],
  ['throws in process.nextTick', INVALID, { issue: "process.nextTick(() => { throw Symbol('x'); });" }],
  ['throws in a microtask', INVALID, { issue: 'queueMicrotask(() => { throw nobody; });' }],
  ['loses a rejection with null', INVALID, { issue: 'Promise.reject(null); answer(samples, responder);' }],
  [
    'emits an error without a listener',
    INVALID,
    { issue: "process.emit('error', new Error('x')); new net.Socket().destroy(new Error('lost'));" },
  ],
  [
    'throws in a listener of uncaughtException',
    INVALID,
    {
      create: "process.on('uncaughtException', () => { throw new Error('again'); });",
      issue: 'setTimeout(() => { throw 1; });',
    },
  ],
  [
    'removes all listeners and throws in a timer',
    INVALID,
    { create: 'process.removeAllListeners();', issue: "setTimeout(() => { throw new Error('tick'); });" },
  ],
  // Promises and thenables.
  [
    'is async and throws in issueQuery',
    INVALID,
    { returned: "{ ...system, async issueQuery() { throw new Error('plain'); } }" },
  ],
  [
    'returns a rejected thenable',
    INVALID,
    { issue: "answer(samples, responder); return { then(_, reject) { reject(new Error('thenable')); } };" },
  ],
  ['returns a thenable that throws', INVALID, { issue: 'return { get then() { throw nobody; } };' }],
  [
    'returns a promise that never settles, and answers',
    VALID,
    { issue: 'answer(samples, responder); return new Promise(() => {});' },
  ],
  [
    'returns a thenable of itself',
    INVALID,
    { issue: 'const own = { then(resolve) { setTimeout(() => resolve(own)); } }; return own;' },
  ],
  [
    'rejects in flushQueries',
    INVALID,
    { flush: "return Promise.reject(new Error('flush'));", issue: 'setTimeout(() => answer(samples, responder), 60);' },
  ],
  ['is created as a rejected thenable', REFUSED, { returned: '{ then(_, reject) { reject(nobody); } }' }],
  // It hangs.
  ['is never created', REFUSED, { create: 'await new Promise(() => {});' }],
  ['is never created but keeps a timer', REFUSED, { create: 'await new Promise(() => setInterval(() => {}, 1000));' }],
  ['loops while it is created', REFUSED, { create: 'block();' }],
  ['loops while it is created for the test only', REFUSED, { create: 'if (!isCheck) block();' }],
  ['loops in a query', INVALID, { issue: 'block();' }],
  ['loops in flushQueries', INVALID, { flush: 'block();' }],
  ['loops in close', EITHER, { close: 'block();' }],
  ['never closes', EITHER, { close: 'return new Promise(() => setInterval(() => {}, 1000));' }],
  ['throws a proxy in close', EITHER, { close: 'throw nobody;' }],
  ['rejects in close for the test only', VALID, { close: "if (!isCheck) return Promise.reject(new Error('close'));" }],
  ['starves the loop with microtasks', INVALID, { issue: 'const again = () => queueMicrotask(again); again();' }],
  ['starves the loop with nextTick', INVALID, { issue: 'const again = () => process.nextTick(again); again();' }],
  ['sleeps in Atomics.wait', INVALID, { issue: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);' }],
  ['waits for a child synchronously', INVALID, { issue: "childProcess.spawnSync('sleep', ['60']);" }],
  ['reads a pipe that nobody writes to', INVALID, { issue: "childProcess.execSync('mkfifo pipe-$$; cat pipe-$$');" }],
  [
    'answers all but the last',
    INVALID,
    { top: 'let count = 0;', issue: 'if (++count < 60) answer(samples, responder);' },
  ],
  // Memory.
  ['fills the heap', INVALID, { issue: 'const kept = []; for (;;) kept.push(new Array(1e5).fill(samples));' }],
  [
    'reserves buffers without end',
    INVALID,
    { issue: 'const kept = []; for (;;) kept.push(new ArrayBuffer(2 ** 33));' },
  ],
  ['recurses without end', INVALID, { issue: 'const deeper = () => deeper() + 1; deeper();' }],
  ['makes too long a text', INVALID, { issue: "'x'.repeat(2 ** 29).repeat(8);" }],
  // What it answers.
  ['answers twice', INVALID, { issue: 'answer(samples, responder); answer(samples, responder);' }],
  [
    'answers ids that are no numbers',
    INVALID,
    { issue: 'responder.querySamplesComplete([{ id: nobody, data: new Uint8Array(8192) }]);' },
  ],
  [
    'answers with NaN in the embeddings',
    INVALID,
    {
      issue:
        'const data = new Uint8Array(8192).fill(255); responder.querySamplesComplete(samples.map(({ id }) => ({ id, data })));',
    },
  ],
  [
    'answers with a detached buffer',
    INVALID,
    {
      issue:
        'const data = new Uint8Array(8192); structuredClone(data.buffer, { transfer: [data.buffer] }); responder.querySamplesComplete([{ id: samples[0].id, data }]);',
    },
  ],
  [
    'answers with a Proxy of bytes',
    INVALID,
    { issue: 'responder.querySamplesComplete([{ id: samples[0].id, data: new Proxy(new Uint8Array(8192), {}) }]);' },
  ],
  ['answers with 1 GB', INVALID, { issue: 'answer(samples, responder, 2 ** 30);' }],
  [
    'answers with responses that throw',
    INVALID,
    { issue: 'responder.querySamplesComplete([{ id: samples[0].id, get data() { throw nobody; } }]);' },
  ],
  [
    'answers with an iterator that throws',
    INVALID,
    { issue: 'responder.querySamplesComplete({ [Symbol.iterator]() { throw nobody; } });' },
  ],
  ['answers in the future', INVALID, { issue: 'answer(samples, responder, 8192, 1e18);' }],
  ['answers at NaN', INVALID, { issue: 'answer(samples, responder, 8192, NaN);' }],
  [
    'answers after the end',
    VALID,
    {
      issue:
        'answer(samples, responder); setTimeout(() => responder.querySamplesComplete([{ id: 1e9, data: new Uint8Array(1) }]), 900);',
      close: 'return sleep(1000);',
    },
  ],
  [
    'changes the samples',
    EITHER,
    { issue: 'answer(samples.map((sample) => ({ ...sample })), responder); samples.length = 0;' },
  ],
  [
    'replaces methods of the responder',
    EITHER,
    { issue: 'answer(samples, responder); Object.getPrototypeOf(responder).querySamplesComplete = () => {};' },
  ],
];
