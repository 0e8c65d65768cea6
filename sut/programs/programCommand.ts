import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProgramName } from './programName.js';

/** How a program is started. */
export interface ProgramCommand {
  readonly file: string;
  readonly arguments: readonly string[];
}

/** Speaks the protocol for engines that are written in Python. */
const PYTHON_SIDE = fileURLToPath(new URL('../../../sut/programs/python/sphereface_loadgen.py', import.meta.url));

/** @param python to run engines with; by default that of the active virtual environment, else the system's */
export function programCommand(name: ProgramName, python = defaultPython()): ProgramCommand {
  if (name.kind === 'executable') return { file: name.file, arguments: [] };
  return { file: python, arguments: [PYTHON_SIDE, name.target] };
}

/** That of the active virtual environment, else the system's. */
export function defaultPython(): string {
  const { VIRTUAL_ENV: environment } = process.env;
  const isWindows = process.platform === 'win32';
  if (environment === undefined || environment === '') return isWindows ? 'python' : 'python3';
  return isWindows ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}
