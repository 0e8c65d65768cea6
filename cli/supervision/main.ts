/** The supervised process: does one job with a system under test, reports, closes the system, and ends. */
import { EventEmitter, on } from 'node:events';
import { setTimeout } from 'node:timers';
import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import { abortedError } from '../../loadgen/platform.js';
import { CLOSE_LIMIT_MS, withinTime } from '../../sut/timeLimits.js';
import { findJob } from './jobs.js';
import { envelopeSchema, type Order, plainError, type Report } from './messages.js';
import { type Stage, stageFacts } from './stages.js';
import { startWatchdog } from './watchdog.js';

/** How long a process may take to end by itself after all is closed. */
const LINGER_MS = 1000;

// Kept before a system is imported that may replace them.
const sendToSupervisor = process.send?.bind(process);
const exit = process.exit.bind(process);

const controller = new AbortController();
const dialogue = new EventEmitter();
// Listens from the start, since requests may come before the system is there.
const requestEvents = on(dialogue, 'request', { signal: controller.signal, close: ['end'] });
let stage: Stage = 'open';
/** Comes with the first order, before a system is imported. */
let token: string | undefined;

process.on('disconnect', () => exit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => controller.abort(abortedError()));
process.on('message', (message: unknown) => {
  const { data: envelope } = envelopeSchema.safeParse(message);
  if (envelope === undefined || (token !== undefined && envelope.token !== token)) return;
  token = envelope.token;
  const order = envelope.content as Order;
  if (order.type === 'abort') controller.abort(abortedError());
  else if (order.type === 'start') void run(order.job, order.options);
  else if (order.type === 'request') dialogue.emit('request', order.content);
  else dialogue.emit('end');
});
startWatchdog();

async function run(name: string, options: unknown): Promise<void> {
  try {
    const unexpected = new Promise<never>((_, reject) => {
      for (const event of ['uncaughtException', 'unhandledRejection'] as const)
        process.on(event, (thrown: unknown) => takeUnexpected(thrown, reject));
    });
    const job = findJob(name)(options, {
      signal: controller.signal,
      enter,
      reportSystem: ({ name, configuration }) => report({ type: 'system', name, configuration: { ...configuration } }),
      reportExpectation: (expectation) => report({ type: 'expectation', ...expectation }),
      reportProgress: (share) => report({ type: 'progress', share }),
      requests: requests(),
      answer: (content) => report({ type: 'answer', content }),
    });
    const { result, close } = await Promise.race([job, unexpected]);
    enter('close');
    report({ type: 'result', result });
    await closeInTime(close);
  } catch (thrown) {
    report({ type: 'fault', error: plainError(loadGenErrorOf(thrown) ?? failure(thrown)) });
  }
  process.channel?.unref();
  setTimeout(reportLeftovers, LINGER_MS).unref();
}

async function* requests(): AsyncGenerator<unknown> {
  try {
    for await (const [content] of requestEvents) yield content;
  } catch (thrown) {
    if (!controller.signal.aborted) throw thrown;
  }
}

function enter(next: Stage): void {
  stage = next;
  report({ type: 'stage', stage });
}

function report(message: Report, whenSent = () => {}): void {
  sendToSupervisor?.({ token, content: message }, undefined, {}, whenSent);
}

/** What nobody caught: a callback or a lost promise of the system has thrown. */
function takeUnexpected(thrown: unknown, reject: (reason: LoadGenError) => void): void {
  const error = loadGenErrorOf(thrown) ?? failure(thrown);
  const { phase } = stageFacts(stage);
  if (phase === 'closing') remark(`after the test, ${error.message}`);
  else if (phase === 'testing') controller.abort(error);
  else reject(error);
}

function failure(thrown: unknown): LoadGenError {
  const where = placeOf(thrown);
  // Before it is created nothing of it is measured, which the exit code tells.
  return new LoadGenError(
    stageFacts(stage).phase === 'starting' ? 'SUT_PLUGIN' : 'SUT_FAILED',
    `the system under test threw outside of any call: ${messageOf(thrown)}${where}`,
    {
      hint: 'Catch it in the system, and tell the LoadGen with responder.fail().',
      cause: thrown,
    },
  );
}

/** `, at plugin.js:12:5`, without the folder: the message stands in logs, which are published. */
function placeOf(thrown: unknown): string {
  const place =
    thrown instanceof Error ? /\n\s+at .*?([^\s()\\/]+:\d+:\d+)\)?(?:\n|$)/.exec(String(thrown.stack)) : null;
  return place === null ? '' : `, at ${place[1]}`;
}

async function closeInTime(close: () => void | Promise<void>): Promise<void> {
  try {
    await withinTime(CLOSE_LIMIT_MS, close(), () => new LoadGenError('SUT_HUNG', notClosedText()));
  } catch (thrown) {
    remark(`the system under test failed in close: ${messageOf(thrown)}`);
  }
}

function notClosedText(): string {
  return `the system under test did not close within ${CLOSE_LIMIT_MS / 1000} s`;
}

function remark(text: string): void {
  report({ type: 'remark', text });
}

/** Pipes and terminals are left out: this process has its own. */
const RESOURCE_NAMES: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'a timer',
  ProcessWrap: 'a child process',
  TCPServerWrap: 'a server',
  PipeServerWrap: 'a server',
  TCPSocketWrap: 'a connection',
  MessagePort: 'a worker thread',
  FSEventWrap: 'a file watcher',
};

/** Only runs where something keeps the event loop alive. */
function reportLeftovers(): void {
  const kinds = process.getActiveResourcesInfo().flatMap((kind) => RESOURCE_NAMES[kind] ?? []);
  const text = `the system under test left behind: ${[...new Set(kinds)].join(', ') || 'what keeps its process alive'}`;
  report({ type: 'remark', text }, exit);
}
