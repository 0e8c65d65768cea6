import { spawnSync } from 'node:child_process';
import { programCommand } from '../../../sut/programs/programCommand.js';

const MISSING = 'there is no Python with NumPy: python3 -m venv .venv, pip install numpy pytest, VIRTUAL_ENV=.venv';

/** The Python that engines are run with when nothing is said. */
export const PYTHON = programCommand({ kind: 'python', target: '' }).file;

/** Why tests with Python are skipped, or that they are not. */
export const NO_PYTHON = hasModules('numpy') ? (false as const) : MISSING;

export function hasModules(...names: readonly string[]): boolean {
  return spawnSync(PYTHON, ['-c', `import ${names.join(', ')}`]).status === 0;
}
