import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../../../../base/errors.js';
import { defaultCacheFolder } from '../../../../platform/node/cacheFolder.js';
import { pythonOf, type RealServer } from './realServer.js';

/** Names the servers that are to be tested. */
export const SERVERS_VARIABLE = 'TEST_SERVERS';

/** Of a server: a virtual environment of Python with it. */
export function environmentOf({ packages }: RealServer): string {
  return join(defaultCacheFolder(), 'test-servers', packages.join('+'));
}

/** Why a server is not tested, or that it is. */
export function whySkipped(server: RealServer): string | false {
  const isAskedFor = (process.env[SERVERS_VARIABLE] ?? '').split(',').includes(server.name);
  return !isAskedFor && `${server.packages[0]} is run by: npm run test:servers ${server.name}`;
}

/** Makes a server's environment unless it is there. @returns why that cannot be done, or undefined */
export function makeEnvironment(server: RealServer): string | undefined {
  const environment = environmentOf(server);
  const completed = join(environment, 'completed');
  if (existsSync(completed)) return undefined;
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(dirname(environment), { recursive: true });
  try {
    run('python3', ['-m', 'venv', environment]);
    run(pythonOf(environment), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...server.packages]);
    server.complete?.(environment);
    writeFileSync(completed, '');
    return undefined;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

function run(file: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: exit code ${status}\n${stderr.trim()}`);
}
