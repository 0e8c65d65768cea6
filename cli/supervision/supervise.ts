import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { limitSilence } from '../../base/clock.js';
import { LoadGenError } from '../../base/errors.js';
import { compileCacheEnvironment } from '../../platform/node/compileCache.js';
import { monotonicClock } from '../../platform/node/index.js';
import { killOffspring } from '../../platform/node/markedProcesses.js';
import { endProgressBars } from '../terminal.js';
import type { JobName, JobTypes } from './jobs.js';
import { type Envelope, envelopeSchema, errorFromPlain, type Order, type Report, reportSchema } from './messages.js';
import { GRACE_MS, type Stage, type StageLimits, stageFacts } from './stages.js';

/** After so long a line says what is waited for. */
const PATIENCE_MS = 5000;
/** How long a process may live that can no longer be told anything. */
const DISCONNECTED_LIMIT_MS = 1000;
const MAX_REMARKS = 10;
/** Stands in the environment of the process and of all that it starts. */
const MARK_VARIABLE = 'SPHEREFACE_LOADGEN_SUPERVISED';

export interface SupervisionOptions extends StageLimits {
  /** What messages call the system. */
  readonly sutName: string;
  readonly signal: AbortSignal;
  readonly onSystem?: (system: Extract<Report, { type: 'system' }>) => void;
  readonly onExpectation?: (expectation: Extract<Report, { type: 'expectation' }>) => void;
  readonly onProgress?: (share: number) => void;
  /** Called once, before anything else: how to ask a job that answers requests. */
  readonly onOpen?: (requests: RequestSender) => void;
  readonly onAnswer?: (content: unknown) => void;
  /** Called at the result, or at the end without one. */
  readonly onEnding?: () => void;
}

export interface RequestSender {
  send(content: unknown): void;
  /** Lets the job end. */
  end(): void;
}

/** How a job ended. */
export type Ending<Result> =
  | { readonly kind: 'result'; readonly result: Result }
  /** `isUnderWay`: the system had been created, so that what was asked of it counts as failed. */
  | { readonly kind: 'failed'; readonly reason: LoadGenError; readonly isUnderWay: boolean };

/**
 * Does a job in a process of its own and ends it, with all that it started, when it is done, silent for too long, or the
 * signal aborts. Whatever the process does there is an ending. What goes wrong after the result is printed.
 */
export async function supervise<Name extends JobName>(
  name: Name,
  options: JobTypes[Name]['options'],
  supervision: SupervisionOptions,
): Promise<Ending<JobTypes[Name]['result']>> {
  supervision.signal.throwIfAborted();
  return new SupervisedJob<JobTypes[Name]['result']>(supervision).run({ type: 'start', job: name, options });
}

class SupervisedJob<Result> {
  readonly #options: SupervisionOptions;
  readonly #process: ChildProcess;
  readonly #token = randomUUID();
  /** In the environment, which the system can read, and so not the token. */
  readonly #mark = randomUUID();
  readonly #remarks: string[] = [];
  #stage: Stage = 'open';
  #ending: Ending<Result> | undefined;
  #lastHeardNs = monotonicClock.nowNs();
  #cancelLimit = () => {};
  #patience: NodeJS.Timeout | undefined;

  constructor(options: SupervisionOptions) {
    this.#options = options;
    // Standard output belongs to the command's results, so that the system's goes to standard error.
    this.#process = fork(fileURLToPath(new URL('./main.js', import.meta.url)), [], {
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
      // A group of its own, which can be ended with all that is in it, and which Ctrl-C on the terminal does not reach.
      detached: process.platform !== 'win32',
      env: { ...process.env, ...compileCacheEnvironment(), [MARK_VARIABLE]: this.#mark },
    });
  }

  async run(order: Order): Promise<Ending<Result>> {
    const { signal } = this.#options;
    const abort = () => this.#abort();
    const kill = () => this.#kill();
    signal.addEventListener('abort', abort);
    process.once('exit', kill);
    try {
      const exited = new Promise<void>((resolve) => {
        this.#process.on('exit', (code, signal) => {
          this.#fail('SUT_ENDED', `ended by itself (${signal ?? `exit code ${code}`}) ${this.#place()}`);
          resolve();
        });
        this.#process.on('error', (error) => {
          this.#fail('SUT_ENDED', `cannot be used: ${error.message}`);
          resolve();
        });
      });
      this.#process.on('disconnect', () => {
        this.#setLimit(DISCONNECTED_LIMIT_MS, () => {
          this.#fail('SUT_ENDED', `closed its connection to this program ${this.#place()}`);
          this.#kill();
        });
      });
      this.#process.on('message', (message: unknown) => this.#take(message));
      this.#enter('open');
      this.#send(order);
      this.#options.onOpen?.({
        send: (content) => this.#send({ type: 'request', content }),
        end: () => this.#send({ type: 'end' }),
      });
      await exited;
    } finally {
      this.#cancelLimit();
      clearTimeout(this.#patience);
      signal.removeEventListener('abort', abort);
      process.off('exit', kill);
      this.#kill();
    }
    for (const remark of this.#remarks) console.error(`${this.#options.sutName}: ${remark}`);
    if (this.#ending === undefined) throw new RangeError('the process has ended without an ending');
    return this.#ending;
  }

  #take(message: unknown): void {
    const { data: envelope } = envelopeSchema.safeParse(message);
    if (envelope?.token !== this.#token || this.#ending?.kind === 'failed') return;
    const { data: report } = reportSchema.safeParse(envelope.content);
    if (report === undefined) return;
    switch (report.type) {
      case 'stage':
        this.#enter(report.stage);
        return;
      case 'system':
        this.#options.onSystem?.(report);
        return;
      case 'expectation':
        this.#options.onExpectation?.(report);
        return;
      case 'progress':
        this.#lastHeardNs = monotonicClock.nowNs();
        if (!this.#options.signal.aborted) this.#options.onProgress?.(report.share);
        return;
      case 'answer':
        this.#options.onAnswer?.(report.content);
        return;
      case 'result':
        this.#end({ kind: 'result', result: report.result as Result });
        return;
      case 'fault':
        this.#settle(errorFromPlain(report.error));
        return;
      case 'remark':
        this.#remark(report.text);
    }
  }

  #enter(stage: Stage): void {
    const isNew = stage !== this.#stage;
    this.#stage = stage;
    this.#limitStage();
    if (!isNew) return;
    clearTimeout(this.#patience);
    const { waitsFor, limitMs } = stageFacts(stage);
    if (waitsFor === undefined) return;
    this.#patience = setTimeout(() => {
      endProgressBars();
      const limit = `for at most ${limitMs(this.#options) / 1000} s`;
      console.error(`Waiting for ${this.#options.sutName} to ${waitsFor}, ${limit}`);
    }, PATIENCE_MS);
  }

  #limitStage(): void {
    this.#lastHeardNs = monotonicClock.nowNs();
    const limitMs = stageFacts(this.#stage).limitMs(this.#options);
    this.#cancelLimit();
    this.#cancelLimit = limitSilence({
      clock: monotonicClock,
      limitMs,
      lastHeardNs: () => this.#lastHeardNs,
      onSilent: () => {
        this.#fail('SUT_HUNG', `did nothing for ${limitMs / 1000} s ${this.#place()}`, this.#hint());
        this.#kill();
      },
    });
  }

  /** Instead of the stage's. */
  #setLimit(limitMs: number, onOver: () => void): void {
    this.#cancelLimit();
    const limit = setTimeout(onOver, limitMs);
    this.#cancelLimit = () => clearTimeout(limit);
  }

  #place(): string {
    return stageFacts(this.#stage).place;
  }

  #hint(): string {
    const option = this.#stage === 'create' ? '--start-timeout' : '--response-timeout';
    return `If it is only slow, give it more time with ${option}.`;
  }

  #fail(code: 'SUT_ENDED' | 'SUT_HUNG', what: string, hint?: string): void {
    const message = `the process of ${this.#options.sutName} ${what}`;
    if (this.#ending?.kind === 'result') {
      if (code === 'SUT_HUNG') this.#remark(message);
      return;
    }
    this.#settle(new LoadGenError(code, message, hint === undefined ? {} : { hint }));
  }

  #remark(text: string): void {
    if (this.#remarks.length < MAX_REMARKS && !this.#remarks.includes(text)) this.#remarks.push(text);
  }

  #settle(reason: LoadGenError): void {
    const { signal } = this.#options;
    // What is thrown while everything is ended is a consequence.
    const cause = signal.aborted && signal.reason instanceof LoadGenError ? signal.reason : reason;
    // Embeddings that are wrong rule a system out before anything is asked of it that counts.
    const isUnderWay = stageFacts(this.#stage).phase !== 'starting' && cause.code !== 'SUT_EMBEDDINGS';
    this.#end({ kind: 'failed', reason: cause, isUnderWay });
  }

  #end(ending: Ending<Result>): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#options.onEnding?.();
  }

  #abort(): void {
    this.#send({ type: 'abort' });
    const { phase } = stageFacts(this.#stage);
    this.#setLimit(phase === 'testing' || phase === 'closing' ? GRACE_MS : 0, () => this.#kill());
  }

  #send(content: Order): void {
    if (this.#process.connected) this.#process.send({ token: this.#token, content } satisfies Envelope<Order>);
  }

  #kill(): void {
    killOffspring(this.#process, MARK_VARIABLE, this.#mark);
  }
}
