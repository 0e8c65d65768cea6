import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The file named by CHROMIUM, or the one on the PATH; undefined where there is none. */
export const CHROMIUM_FILE = findOnPath(process.env.CHROMIUM, ['chromium', 'chromium-browser']);

/** The named file, else the first of these names that is on the PATH; undefined where there is none. */
export function findOnPath(named: string | undefined, names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const files = [named, ...folders.flatMap((folder) => names.map((name) => join(folder, name)))];
  return files.find((file) => file !== undefined && existsSync(file));
}

export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
