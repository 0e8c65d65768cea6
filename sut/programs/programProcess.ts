import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { CLOSE_LIMIT_MS, withinTime } from '../timeLimits.js';
import type { ProgramCommand } from './programCommand.js';

const MAX_LINE_BYTES = 8192;
const KEPT_STDERR = 4000;
/** How long the output of a program that has ended may take to be read. */
const LAST_WORDS_MS = 500;
const NEWLINE = 10;

/** Those that run: none is left behind when this process ends, whatever ends it in order. */
const running = new Set<ChildProcessWithoutNullStreams>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** What a program answers, one call at a time. */
export interface Listener {
  /** Returns where the bytes go that follow the line, if any do. */
  onLine(line: string): Uint8Array | undefined;
  /** The bytes that follow a line have come. */
  onBytes(): void;
  /** Once, if the program ends or breaks the protocol before `end` is called. */
  onDeath(reason: LoadGenError): void;
}

/** A running program: lines go in, lines and bytes come out. What it writes to standard error goes to ours. */
export class ProgramProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #title: string;
  #listener: Listener | undefined;
  /** Before it has loaded, nothing is measured. */
  #hasLoaded = false;
  #ended = false;
  #stderr = '';
  /** The begin of a line that has not come whole. */
  #partial: Buffer = Buffer.alloc(0);
  /** Where bytes go that are missing. */
  #room: Uint8Array = new Uint8Array(0);
  #filled = 0;

  /** @param title stands in errors: "worker 2" */
  constructor({ file, arguments: given }: ProgramCommand, title: string) {
    this.#title = title;
    this.#child = spawn(file, given, { stdio: 'pipe', windowsHide: true });
    running.add(this.#child);
    this.#child.on('exit', () => running.delete(this.#child));
    this.#child.on('error', (error) => this.die(startError(file, error)));
    // Its last words come before `close`, which never comes while a program that it has started holds its output.
    this.#child.on('close', (code, signal) => this.die(this.#endError(code, signal)));
    this.#child.on('exit', (code, signal) => {
      setTimeout(() => this.die(this.#endError(code, signal)), LAST_WORDS_MS).unref();
    });
    // It ends, which says more.
    this.#child.stdin.on('error', () => {});
    this.#child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      this.#stderr = (this.#stderr + chunk.toString()).slice(-KEPT_STDERR);
    });
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  send(lines: string): void {
    if (!this.#ended) this.#child.stdin.write(lines);
  }

  /** Ends the program at once, and says why. */
  die(reason: LoadGenError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#release();
    this.#listener?.onDeath(reason);
  }

  loaded(): void {
    this.#hasLoaded = true;
  }

  /** Of what the program did: `worker 1 of the system under test wrote ...`. */
  failure(what: string, hint?: string): LoadGenError {
    const message = `${this.#title} of the system under test ${what}`;
    return new LoadGenError(this.#hasLoaded ? 'SUT_FAILED' : 'SUT_PLUGIN', message, hint === undefined ? {} : { hint });
  }

  /**
   * Lets the program end, or ends it at once.
   *
   * @throws SUT_HUNG if it does not end in time
   */
  async end(atOnce: boolean): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    this.#ended = true;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const closed = once(this.#child, 'exit');
    if (atOnce) this.#child.kill('SIGKILL');
    else this.#child.stdin.end('close\n');
    try {
      await withinTime(CLOSE_LIMIT_MS, closed, () => {
        const message = `${this.#title} of the system under test did not close its engine within ${CLOSE_LIMIT_MS / 1000} s`;
        return new LoadGenError('SUT_HUNG', message);
      });
    } finally {
      this.#release();
    }
  }

  #release(): void {
    this.#child.kill('SIGKILL');
    // Whatever it has started may hold the other ends.
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  #take(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0 && !this.#ended)
      rest = this.#filled < this.#room.length ? this.#fill(rest) : this.#line(rest);
  }

  #fill(chunk: Buffer): Buffer {
    const taken = chunk.subarray(0, this.#room.length - this.#filled);
    this.#room.set(taken, this.#filled);
    this.#filled += taken.length;
    if (this.#filled === this.#room.length) this.#listener?.onBytes();
    return chunk.subarray(taken.length);
  }

  #line(chunk: Buffer): Buffer {
    const end = chunk.indexOf(NEWLINE);
    const part = end === -1 ? chunk : chunk.subarray(0, end);
    const line = this.#partial.length === 0 ? part : Buffer.concat([this.#partial, part]);
    if (line.length > MAX_LINE_BYTES) {
      this.die(this.failure(`wrote a line of more than ${MAX_LINE_BYTES} bytes to standard output`));
      return Buffer.alloc(0);
    }
    if (end === -1) {
      this.#partial = Buffer.from(line);
      return Buffer.alloc(0);
    }
    this.#partial = Buffer.alloc(0);
    this.#room = this.#listener?.onLine(line.toString().replace(/\r$/, '')) ?? new Uint8Array(0);
    this.#filled = 0;
    return chunk.subarray(end + 1);
  }

  #endError(code: number | null, signal: NodeJS.Signals | null): LoadGenError {
    const last = this.#stderr.trim().split('\n').at(-1)?.trim() ?? '';
    const said = last === '' ? '' : `; its last words: ${printable(last)}`;
    return this.failure(`ended by itself with ${signal ?? `exit code ${code}`}${said}`);
  }
}

function startError(file: string, error: Error): LoadGenError {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  const isPython = /python/i.test(file);
  return new LoadGenError(
    isMissing ? 'SUT_NOT_INSTALLED' : 'SUT_PLUGIN',
    `${file} cannot be started: ${messageOf(error)}`,
    {
      hint: isPython
        ? 'Install Python 3.9 or later, or name one with --python.'
        : 'It has to be a program that may be executed: chmod +x.',
    },
  );
}
