import { join } from 'node:path';
import { printable } from '../../base/text.js';
import { type DetailLog, type DetailLogEntry, readDetailLog } from '../../logs/detail/read.js';
import { openLog } from '../../platform/node/openLog.js';
import { type Finding, findingOfError, newFinding } from '../finding.js';

/** Where a file lies, and what it is called in findings. */
export interface CheckedFolder {
  readonly path: string;
  /** Relative to the tree or to the run. */
  readonly shown: string;
}

/** A detail log that is held against rules, line by line; what does not fit becomes a finding. */
export class DetailLogFindings {
  readonly findings: Finding[] = [];
  readonly #log: DetailLog['entries'];
  readonly #file: string;

  private constructor(file: string, log: DetailLog['entries']) {
    this.#file = file;
    this.#log = log;
  }

  static of(file: string, log: DetailLog['entries']): DetailLogFindings {
    return new DetailLogFindings(file, log);
  }

  /** The one finding that there is of a log that cannot be read. */
  static async read(folder: CheckedFolder, name: string): Promise<DetailLogFindings | Finding> {
    const file = `${folder.shown}/${name}`;
    try {
      const { entries, syntaxFaults } = await readDetailLog(await openLog(join(folder.path, name)));
      const log = new DetailLogFindings(file, entries);
      for (const { line, found, expected } of syntaxFaults)
        log.findings.push(newFinding(file, `"${found}"`, expected, { line }));
      return log;
    } catch (thrown) {
      return findingOfError(file, folder.path, thrown, 'a complete detail log');
    }
  }

  equal(key: string, expected: string): void {
    this.#hold(key, `"${expected}"`, (value) => String(value) === expected);
  }

  atLeast(key: string, minimum: number): void {
    this.#hold(key, `at least ${minimum}`, (value) => typeof value === 'number' && value >= minimum);
  }

  atMost(key: string, maximum: number): void {
    this.#hold(key, `at most ${maximum}`, (value) => typeof value === 'number' && value <= maximum);
  }

  positive(key: string): void {
    this.#hold(key, 'a number above 0', (value) => typeof value === 'number' && value > 0 && Number.isFinite(value));
  }

  notEmpty(key: string, what: string): void {
    this.#hold(key, what, (value) => typeof value === 'string' && value.trim() !== '');
  }

  /** A verdict that only some runs have may not be the one given. */
  not(key: string, refused: string, expected: string): void {
    if (this.#log.has(key)) this.#hold(key, expected, (value) => String(value) !== refused);
  }

  noErrors(): void {
    for (const entry of [...this.#log.values()].flat().filter(({ isError }) => isError)) {
      this.#add('is_error', entry, 'no line that is an error');
    }
  }

  add(key: string, found: string, expected: string): void {
    const line = this.#log.get(key)?.[0]?.line ?? null;
    this.findings.push(newFinding(this.#file, found, expected, { line, key }));
  }

  number(key: string): number | undefined {
    const value = this.#log.get(key)?.[0]?.value;
    return typeof value === 'number' ? value : undefined;
  }

  text(key: string): string | undefined {
    const value = this.#log.get(key)?.[0]?.value;
    return typeof value === 'string' ? printable(value) : undefined;
  }

  get errorCount(): number {
    return [...this.#log.values()].flat().filter(({ isError }) => isError).length;
  }

  get file(): string {
    return this.#file;
  }

  #hold(key: string, expected: string, holds: (value: unknown) => boolean): void {
    const entries = this.#log.get(key) ?? [];
    const [entry] = entries;
    if (entry === undefined || entries.length > 1) this.add(key, `${entries.length} lines with it`, `one, ${expected}`);
    else if (!holds(entry.value)) this.#add(key, entry, expected);
  }

  #add(key: string, { line, value }: DetailLogEntry, expected: string): void {
    this.findings.push(newFinding(this.#file, `"${printable(String(value))}"`, expected, { line, key }));
  }
}
