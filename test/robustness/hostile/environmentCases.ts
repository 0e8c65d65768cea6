/** Plugins that harm what the harness uses: its messages, its files, its globals. */
import type { SystemRow } from './hostileCase.js';

const REFUSED = [2];
const INVALID = [3];
const VALID = [0];
const EITHER = [0, 2, 3];

const FORGED = "{ type: 'result', result: { state: 'completed', durationNs: 1, slowEngines: new Map(), peakQps: 1 } }";

export const ENVIRONMENT_ROWS: readonly SystemRow[] = [
  // Messages between the process and its supervisor.
  [
    'sends foreign messages',
    VALID,
    {
      issue:
        "for (const message of [0, 'x', null, {}, { type: 'stage' }]) process.send(message); answer(samples, responder);",
    },
  ],
  ['sends a forged result', EITHER, { issue: `process.send(${FORGED}); answer(samples, responder);` }],
  ['sends a forged result and loops', INVALID, { issue: `process.send(${FORGED}, () => block());` }],
  [
    'sends a result of nothing',
    EITHER,
    { issue: "process.send({ type: 'result', result: null }); answer(samples, responder);" },
  ],
  [
    'sends a forged fault',
    EITHER,
    {
      issue:
        "process.send({ type: 'fault', error: { code: 'SUT_EMBEDDINGS', message: 'x' } }); answer(samples, responder);",
    },
  ],
  [
    'sends forged stages',
    VALID,
    {
      issue:
        "for (const stage of ['open', 'close', 'measure']) process.send({ type: 'stage', stage }); answer(samples, responder);",
    },
  ],
  ['sends a message of 200 MB', EITHER, { create: 'process.send(new Uint8Array(2e8));' }],
  [
    'sends messages without end',
    INVALID,
    { issue: "const again = () => { for (let i = 0; i < 50; i++) process.send('x'); setImmediate(again); }; again();" },
  ],
  [
    'emits orders to itself',
    VALID,
    {
      issue:
        "process.emit('message', { type: 'abort' }); process.emit('message', null); process.emit('message', { type: 'start', job: 'check', options: {} }); answer(samples, responder);",
    },
  ],
  ['leaves its supervisor', INVALID, { issue: 'process.disconnect(); answer(samples, responder);' }],
  ['leaves its supervisor while it is created', REFUSED, { create: 'process.disconnect(); await sleep(60_000);' }],
  ['closes the channel to its supervisor', INVALID, { issue: 'fs.closeSync(3); answer(samples, responder);' }],
  [
    'closes its outputs',
    VALID,
    { issue: 'for (const fd of [1, 2]) try { fs.closeSync(fd); } catch {} answer(samples, responder);' },
  ],
  [
    'closes all files',
    INVALID,
    { issue: 'for (let fd = 0; fd < 60; fd++) try { fs.closeSync(fd); } catch {} answer(samples, responder);' },
  ],
  ['takes process.send away', VALID, { create: 'process.send = undefined; process.channel?.unref();' }],
  [
    'takes the listeners of messages away',
    VALID,
    { create: "process.removeAllListeners('message'); process.removeAllListeners('disconnect');" },
  ],
  // What it prints.
  [
    'prints 20 MB',
    VALID,
    { create: "if (!isCheck) { const text = 'x'.repeat(1e6); for (let i = 0; i < 20; i++) console.error(text); }" },
  ],
  [
    'prints an error that looks like ours',
    VALID,
    { issue: "console.error('Error SUT_FAILED: no'); answer(samples, responder);" },
  ],
  ['makes console throw', VALID, { create: "console.log = console.error = () => { throw new Error('console'); };" }],
  // Globals.
  [
    'stops the clocks',
    EITHER,
    { create: 'process.hrtime.bigint = () => 0n; performance.now = () => 0; Date.now = () => 0;' },
  ],
  [
    'turns the clocks back',
    EITHER,
    { top: 'let ns = 10n ** 15n;', create: 'process.hrtime.bigint = () => (ns -= 1000n);' },
  ],
  [
    'breaks Map, Set and iterators',
    EITHER,
    {
      issue:
        'Map.prototype.set = Set.prototype.add = () => { throw 1; }; Array.prototype[Symbol.iterator] = () => { throw 1; }; answer(samples, responder);',
    },
  ],
  [
    'breaks JSON and texts',
    EITHER,
    {
      create:
        "if (!isCheck) { JSON.stringify = () => '{'; String.prototype.replace = () => ''; Number.prototype.toString = () => 'x'; }",
    },
  ],
  [
    'breaks promises',
    EITHER,
    { issue: 'Promise.prototype.then = () => {}; Promise.race = () => {}; answer(samples, responder);' },
  ],
  [
    'breaks files',
    EITHER,
    { issue: 'fs.writeSync = fs.writeFileSync = fs.closeSync = () => { throw nobody; }; answer(samples, responder);' },
  ],
  [
    'ends all timers',
    EITHER,
    {
      create: 'globalThis.setImmediate = globalThis.clearTimeout = () => {};',
      issue: 'responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(8192).fill(1) })));',
    },
  ],
  [
    'pollutes Object.prototype',
    EITHER,
    { create: "Object.prototype.code = 'x'; Object.prototype.type = 'result'; Object.prototype.outdir = '/proc';" },
  ],
  [
    'freezes Object.prototype and globalThis',
    EITHER,
    { create: 'for (const one of [Object.prototype, Array.prototype, process]) Object.freeze(one);' },
  ],
  // The process's state.
  [
    'changes folder, umask and environment',
    VALID,
    {
      create:
        "process.chdir('/'); process.umask(0o777); for (const key of Object.keys(process.env)) delete process.env[key]; process.title = 'x'; process.argv.length = 0;",
    },
  ],
  ['takes all priority', VALID, { create: "try { (await import('node:os')).setPriority(19); } catch {}" }],
  // Files.
  [
    'removes the log folder',
    INVALID,
    { issue: 'fs.rmSync(process.env.HOSTILE_OUTPUT, { recursive: true, force: true }); answer(samples, responder);' },
  ],
  [
    'removes the log folder and exits',
    INVALID,
    { issue: 'fs.rmSync(process.env.HOSTILE_OUTPUT, { recursive: true, force: true }); process.exit(0);' },
  ],
  [
    'puts a file in the place of the log folder',
    [1, 3],
    {
      issue:
        'fs.rmSync(process.env.HOSTILE_OUTPUT, { recursive: true, force: true }); fs.writeFileSync(process.env.HOSTILE_OUTPUT, ""); process.exit(0);',
    },
  ],
  [
    'empties the logs at the end',
    INVALID,
    {
      close:
        "if (!isCheck) for (const name of fs.readdirSync(process.env.HOSTILE_OUTPUT, { recursive: true })) if (name.endsWith('.txt')) fs.truncateSync(process.env.HOSTILE_OUTPUT + '/' + name);",
    },
  ],
  [
    'removes the logs at the end',
    INVALID,
    {
      close:
        "if (!isCheck) for (const name of fs.readdirSync(process.env.HOSTILE_OUTPUT, { recursive: true })) if (name.endsWith('.txt')) fs.rmSync(process.env.HOSTILE_OUTPUT + '/' + name);",
    },
  ],
  [
    'fills the log folder',
    EITHER,
    {
      issue:
        "for (const name of fs.readdirSync(process.env.HOSTILE_OUTPUT, { recursive: true })) if (name.endsWith('run_1.measuring')) for (let i = 0; i < 9; i++) fs.writeFileSync(process.env.HOSTILE_OUTPUT + '/' + name + '/x' + i, 'x'); answer(samples, responder);",
    },
  ],
  [
    'makes folders where logs are replaced',
    [1, 3],
    {
      issue:
        "for (const name of fs.readdirSync(process.env.HOSTILE_OUTPUT, { recursive: true })) if (name.endsWith('.txt') && name.includes('mlperf_log')) { const file = process.env.HOSTILE_OUTPUT + '/' + name; fs.rmSync(file); fs.mkdirSync(file); } process.exit(0);",
    },
  ],
  // What it leaves behind.
  [
    'leaves a detached child',
    EITHER,
    { create: "childProcess.spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref();" },
  ],
  [
    'leaves a detached child and exits',
    INVALID,
    { issue: "childProcess.spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref(); process.exit(0);" },
  ],
  [
    'leaves a grandchild whose parent is gone',
    EITHER,
    { create: "childProcess.spawnSync('sh', ['-c', 'setsid sleep 300 >/dev/null 2>&1 &']);" },
  ],
  ['leaves a server', EITHER, { create: 'net.createServer().listen(0);' }],
  [
    'leaves a forked copy that keeps the channel',
    EITHER,
    { create: "childProcess.spawn('sleep', ['300'], { stdio: ['ignore', 2, 2, 3] });" },
  ],
  ['leaves a worker that blocks', EITHER, { create: "new Worker('for (;;);', { eval: true });" }],
  [
    'leaves a worker that throws',
    INVALID,
    { create: "if (!isCheck) new Worker('setTimeout(() => { throw 1; }, 200)', { eval: true });" },
  ],
  ['leaves a timer that throws after the end', VALID, { close: "setInterval(() => { throw new Error('late'); }, 5);" }],
  [
    'starts an inspector and a watcher',
    EITHER,
    { create: "fs.watch('.', () => {}); (await import('node:inspector')).open(0);" },
  ],
  // What it says it is.
  [
    'has getters that throw when read again',
    EITHER,
    {
      top: 'let reads = 0;',
      returned: "Object.defineProperty(system, 'name', { get() { if (++reads > 2) throw nobody; return 'x'; } })",
    },
  ],
  [
    'has a configuration that changes',
    EITHER,
    {
      top: 'let reads = 0;',
      returned: "Object.defineProperty(system, 'configuration', { get() { return ++reads > 2 ? null : {}; } })",
    },
  ],
  [
    'is a proxy that has everything',
    REFUSED,
    { returned: 'new Proxy(() => {}, { get: (_, key) => (key === "then" ? undefined : () => {}) })' },
  ],
  ['is a proxy around a system', VALID, { returned: 'new Proxy(system, {})' }],
  ['is frozen', VALID, { returned: 'Object.freeze(system)' }],
  ['is a function', REFUSED, { returned: '() => {}' }],
  ['has a name of 10 MB', REFUSED, { name: "'x'.repeat(1e7)" }],
  [
    'has a name of line breaks and marks',
    EITHER,
    { name: JSON.stringify('\u001b[31m\r\n:::MLLOG {"key": "result_validity", "value": "VALID"}\u2028\u0000') },
  ],
  ['has a name of half a character', EITHER, { name: "'\\ud800'" }],
  [
    'has a cyclic configuration',
    REFUSED,
    { configuration: '(() => { const own = {}; own.own = own; return own; })()' },
  ],
  ['has bigints and symbols in its configuration', REFUSED, { configuration: "{ a: 1n, b: Symbol('x') }" }],
  ['has symbols as keys', EITHER, { configuration: "{ [Symbol('x')]: 1, engine: 'mine' }" }],
  [
    'has a configuration of keys without end',
    REFUSED,
    {
      configuration:
        "new Proxy({}, { ownKeys: () => Array.from({ length: 1e6 }, (_, i) => 'k' + i), getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) })",
    },
  ],
  [
    'has keys of line breaks',
    EITHER,
    { configuration: "{ 'a\\nb': 'c\\nd', '': 1, '__proto__x': true, constructor: 'x' }" },
  ],
  [
    'has a million keys',
    REFUSED,
    { configuration: 'Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [i, i]))' },
  ],
  ['states the digest of our weights', EITHER, { configuration: "{ engine: 'mine', weightsSha256: 'x'.repeat(64) }" }],
  // Other tests than SingleStream.
  ['exits in Server', INVALID, { issue: 'process.exit(0);' }, '--scenario', 'Server', '--mode', 'PerformanceOnly'],
  ['loops in Offline', INVALID, { issue: 'block();' }, '--scenario', 'Offline'],
  ['exits in MultiStream', INVALID, { issue: 'process.exit(3);' }, '--scenario', 'MultiStream'],
  [
    'exits in a search for the peak',
    INVALID,
    { issue: 'process.exit(0);' },
    '--scenario',
    'Server',
    '--mode',
    'FindPeakPerformance',
  ],
  ['crashes in a submission run', INVALID, { issue: 'crash();' }, '--mode', 'SubmissionRun'],
  [
    'throws in a timer in Server',
    INVALID,
    { issue: "setTimeout(() => { throw new Error('late'); });" },
    '--scenario',
    'Server',
  ],
  ['exits, two scenarios, as JSON', INVALID, { issue: 'process.exit(0);' }, '--json', '--no-trace'],
];
