/** Runs that are repeated lie side by side: `before-1`, `before-2` and so on. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Far more than tell a difference. */
export const MAX_REPEATS = 1000;

/** The folder of the first, second, ... run called `name`. */
export function repeatFolder(name: string, number: number): string {
  return `${name.replace(/[/\\]+$/, '')}-${number}`;
}

/** The folders of the repeated runs of this name, in their order; empty if there are none. */
export function findRepeats(name: string): string[] {
  const path = resolve(name);
  const parent = dirname(path);
  if (!existsSync(parent)) return [];
  const numbers = readdirSync(parent, { withFileTypes: true }).flatMap((entry) => {
    const number = entry.name.startsWith(`${basename(path)}-`) ? entry.name.slice(basename(path).length + 1) : '';
    return /^[1-9]\d{0,3}$/.test(number) && entry.isDirectory() ? [Number(number)] : [];
  });
  return numbers.sort((a, b) => a - b).map((number) => join(dirname(name), `${basename(path)}-${number}`));
}

/** The folders that a name stands for: the one of that name, else the repeated runs of it. */
export function foldersNamed(name: string): string[] {
  const repeats = existsSync(name) ? [] : findRepeats(name);
  return repeats.length === 0 ? [name] : repeats;
}
