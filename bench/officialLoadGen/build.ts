import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DRIVER = fileURLToPath(new URL('../../../bench/officialLoadGen/nullSystem.cpp', import.meta.url));

/**
 * Builds the official LoadGen of a checkout with its own CMake file, and the null system on it. All that is written is in
 * `folder`: the official build writes among its sources, so it has a copy of them.
 *
 * @returns the program
 */
export function buildOfficial(checkout: string, folder: string): string {
  const sources = join(checkout, 'loadgen');
  if (!existsSync(join(sources, 'CMakeLists.txt'))) {
    throw new Error(`${sources}: found no CMakeLists.txt, expected a checkout of mlcommons/inference`);
  }
  const copy = join(folder, 'loadgen');
  const build = join(folder, 'build');
  const program = join(folder, 'nullSystem');
  cpSync(sources, copy, { recursive: true });
  run('cmake', ['-S', copy, '-B', build, '-DCMAKE_BUILD_TYPE=Release', '-DMLPERF_LOADGEN_CXX_FLAGS=-w']);
  run('cmake', ['--build', build, '--target', 'mlperf_loadgen']);
  const library = join(build, 'libmlperf_loadgen.a');
  run('c++', ['-O3', '-std=c++14', '-I', copy, DRIVER, library, '-lpthread', '-o', program]);
  return program;
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
