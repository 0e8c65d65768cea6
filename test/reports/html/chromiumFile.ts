import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const inPath = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)));

/** The file named by CHROMIUM, or the one on the PATH; undefined where there is none. */
export const CHROMIUM_FILE = [process.env.CHROMIUM, ...inPath].find((file) => file !== undefined && existsSync(file));

export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
