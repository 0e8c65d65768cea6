import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../markdown.js';
import type { Place } from './place.js';
import { missingLines, shapeOf } from './shape.js';
import type { ShownCommand, Snippet } from './snippet.js';

/** Runs a command and looks at what it does, or says why it is not run. */
export type CommandTreatment = ((shown: ShownCommand, place: Place) => Promise<void>) | string;

/** What is done about a snippet: its commands are run, or it is checked in another way, or not at all for a reason. */
export type Treatment =
  | { readonly language: 'sh'; readonly commands: Readonly<Record<string, CommandTreatment>> }
  | { readonly language: string; readonly check: (snippet: Snippet, place: Place) => Promise<void> | void }
  | { readonly language: string; readonly unchecked: string };

export interface Plan {
  /** What the reader has before the first command. */
  readonly prepare?: (place: Place, snippets: readonly Snippet[]) => Promise<void> | void;
  /** In the order of the document. */
  readonly snippets: readonly Treatment[];
}

export interface RunOptions {
  /** Other words in the place of some, so that the command takes seconds. */
  readonly instead?: readonly [shown: string, run: string];
  /** Words behind the command, for the same purpose. */
  readonly with?: string;
  readonly exitCode?: number;
  readonly prints?: RegExp;
  /** Files and folders. */
  readonly leaves?: readonly string[];
  /** What the reader does before the next command. */
  readonly afterwards?: (place: Place) => void;
}

export const COMPILED = { language: 'ts', unchecked: 'types.test.ts compiles it; it is a frame to be filled' } as const;

export function commands(treatments: Readonly<Record<string, CommandTreatment>>): Treatment {
  return { language: 'sh', commands: treatments };
}

/** The command is run, after those above it, and prints what is shown. */
export function runs(options: RunOptions = {}): CommandTreatment {
  const { instead: [shown, run] = ['', ''], exitCode = 0, prints, leaves = [] } = options;
  return async ({ command, output }, place) => {
    assert.ok(command.includes(shown), `found no ${shown} in: ${command}`);
    const line = [command.replace(shown, run), options.with ?? ''].join(' ').trim();
    const ended = await place.run(line);
    assert.equal(ended.exitCode, exitCode, ended.stderr + ended.stdout);
    if (output !== '') assert.deepEqual(shapeOf(ended.stdout), shapeOf(output));
    if (prints !== undefined) assert.match(ended.stdout, prints);
    for (const name of leaves) assert.ok(existsSync(place.pathOf(name)), `found no ${name}`);
    options.afterwards?.(place);
  };
}

/** A test runs the command, or the very same on other files. */
export function runBy(testFile: string): string {
  return `${testedBy(testFile)} runs it`;
}

/** What a command prints, but for figures; `without` lines of what was run instead of the command that is shown. */
export function outputOf(command: string, { without = /^$/ }: { readonly without?: RegExp } = {}): Treatment {
  return {
    language: '',
    check: async ({ code }, place) => {
      const { stdout } = await place.run(command);
      const printed = shapeOf(stdout).filter((line) => !without.test(line));
      assert.deepEqual(printed, shapeOf(code));
    },
  };
}

/** Lines of what a command prints. */
export function partOfOutputOf(command: string): Treatment {
  return {
    language: '',
    check: async ({ code }, place) => {
      const { stdout } = await place.run(command);
      assert.deepEqual(missingLines(shapeOf(code), shapeOf(stdout)), [], stdout);
    },
  };
}

/** The path of a test's source, which has to be there. */
export function testedBy(testFile: string): string {
  assert.ok(existsSync(join(ROOT, testFile)), `there is no ${testFile}`);
  return testFile;
}
