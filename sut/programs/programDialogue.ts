import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { START_LIMIT_MS, withinTime } from '../timeLimits.js';
import type { ProgramProcess } from './programProcess.js';

/** The first words that a program reads. `docs/programs.md` says what follows. */
const GREETING = 'sphereface-loadgen 1';

/** Lines of a word and the rest of the line, by the word. */
export type Facts = ReadonlyMap<string, string>;

type Expected =
  | {
      readonly kind: 'facts';
      /** The word of the line that ends them. */
      readonly last: string;
      readonly facts: Map<string, string>;
      readonly resolve: (facts: Facts) => void;
      readonly reject: (reason: LoadGenError) => void;
    }
  | { readonly kind: 'embeddings'; readonly room: Uint8Array; readonly done: (programNs: number) => void };

const MAX_FACTS = 100;

/** Asks a program, and takes its answers in the order of the questions. */
export class ProgramDialogue {
  readonly #program: ProgramProcess;
  readonly #expected: Expected[] = [];
  #failure: LoadGenError | undefined;
  #answeredNs = 0;

  /** @param onDeath is called once if the program ends by itself, fails, or breaks the protocol */
  constructor(program: ProgramProcess, onDeath: (reason: LoadGenError) => void) {
    this.#program = program;
    program.listen({
      onLine: (line) => this.#take(line),
      onBytes: () => this.#takeEmbeddings(),
      onDeath: (reason) => {
        this.#giveUp(reason);
        onDeath(reason);
      },
    });
  }

  /**
   * Lets the program end; at once also if a question is without its answer.
   *
   * @throws SUT_HUNG if it does not end in time
   */
  async end(atOnce = false): Promise<void> {
    const isBusy = this.#expected.length > 0;
    this.#giveUp(new LoadGenError('SUT_CLOSED', 'the system under test was closed before it answered'));
    await this.#program.end(atOnce || isBusy);
  }

  greet(): Promise<Facts> {
    return this.ask(GREETING, 'described');
  }

  /**
   * Sends lines, and resolves to the lines of the answer, up to the one that begins with `last`.
   *
   * @throws SUT_PLUGIN, SUT_FAILED if the program fails, ends, or does not answer in time
   */
  ask(lines: string, last: string): Promise<Facts> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const answer = new Promise<Facts>((resolve, reject) => {
      this.#expected.push({ kind: 'facts', last, facts: new Map(), resolve, reject });
    });
    this.#program.send(`${lines}\n`);
    return withinTime(START_LIMIT_MS, answer, () => {
      const reason = this.#program.failure(`did not answer "${last}" within ${START_LIMIT_MS / 1000} s`);
      this.#program.die(reason);
      return reason;
    });
  }

  /** @param room filled with the embeddings of these images before `done` is called with the program's time */
  infer(firstImage: number, images: number, room: Uint8Array, done: (programNs: number) => void): void {
    this.#expected.push({ kind: 'embeddings', room, done });
    this.#program.send(`infer ${firstImage} ${images}\n`);
  }

  /** Returns where the bytes that follow belong. */
  #take(line: string): Uint8Array | undefined {
    const [, word = '', rest = ''] = /^(\S*) ?(.*)$/s.exec(line) ?? [];
    const [expected] = this.#expected;
    if (word === 'error') this.#program.die(this.#reported(rest));
    else if (expected?.kind === 'embeddings' && /^embeddings \d{1,19}$/.test(line)) {
      this.#answeredNs = Number(rest);
      return expected.room;
    } else if (expected?.kind === 'facts' && isNewFact(word, expected.facts)) {
      expected.facts.set(word, rest);
      if (word === expected.last) {
        this.#expected.shift();
        expected.resolve(expected.facts);
      }
    } else {
      const hint = 'Standard output is for answers alone; print to standard error.';
      this.#fail(`wrote "${printable(line, 80)}" to standard output, expected ${nameOf(expected)}`, hint);
    }
    return undefined;
  }

  #reported(error: string): LoadGenError {
    const failure = this.#program.failure(`failed: ${printable(error, 1000)}`);
    const missing = missingPackageIn(error);
    if (missing === undefined || failure.code !== 'SUT_PLUGIN') return failure;
    return new LoadGenError('SUT_NOT_INSTALLED', failure.message, {
      hint: `Install it for the Python that runs the engine (python3 -m pip install ${missing}), or name another one with --python.`,
    });
  }

  #takeEmbeddings(): void {
    const expected = this.#expected.shift();
    if (expected?.kind === 'embeddings') expected.done(this.#answeredNs);
  }

  #giveUp(reason: LoadGenError): void {
    this.#failure ??= reason;
    for (const expected of this.#expected.splice(0)) if (expected.kind === 'facts') expected.reject(reason);
  }

  #fail(what: string, hint?: string): void {
    this.#program.die(this.#program.failure(what, hint));
  }
}

/** A program may say more than it is asked for, but not without end. */
function isNewFact(word: string, facts: Facts): boolean {
  return facts.size < MAX_FACTS && /^[a-z]+$/.test(word) && !facts.has(word);
}

function nameOf(expected: Expected | undefined): string {
  if (expected === undefined) return 'nothing';
  return expected.kind === 'facts' ? `"${expected.last}"` : '"embeddings" and a time in nanoseconds';
}

/** The package that a module which Python did not find is in. */
function missingPackageIn(error: string): string | undefined {
  const [, name] = /ModuleNotFoundError: No module named '([\w.]+)'/.exec(error) ?? [];
  return name?.split('.')[0];
}
