import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LoadGenError } from '../../base/errors.js';

/** A program that a system's name asks for. */
export type ProgramName =
  /** A file that ends in `.py`, or a module that Python finds from the current folder. */
  { readonly kind: 'python'; readonly target: string } | { readonly kind: 'executable'; readonly file: string };

/**
 * Reads `./my_engine.py`, `python:my_package.engine` and `exec:./my-engine`. Undefined if the name is none of these.
 *
 * @throws SUT_PLUGIN if the file is not there
 */
export function programNamed(name: string, folder = process.cwd()): ProgramName | undefined {
  if (name.endsWith('.py')) return { kind: 'python', target: existing(resolve(folder, name)) };
  const [, kind, rest = ''] = /^(python|exec):(.*)$/s.exec(name) ?? [];
  if (kind === 'exec') return { kind: 'executable', file: existing(resolve(folder, rest)) };
  if (kind === undefined) return undefined;
  if (/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(rest)) return { kind: 'python', target: rest };
  throw new LoadGenError('SUT_PLUGIN', `found "${name}", expected a Python module, as in python:my_package.engine`, {
    hint: 'Name a file by its path alone: ./my_engine.py',
  });
}

function existing(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === true) return file;
  if (found?.isDirectory() === true)
    throw new LoadGenError('SUT_PLUGIN', `found the folder ${file}, expected the path of a program`);
  throw new LoadGenError('SUT_PLUGIN', `there is no engine at ${file}`);
}
