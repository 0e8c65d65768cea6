/**
 * Runs the tests with servers that others made: `npm run test:servers [NAME...]`. Each is installed from PyPI into a
 * virtual environment in the cache folder; the tests of one that cannot be installed are skipped, and the reason is
 * printed.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeEnvironment, SERVERS_VARIABLE } from './environments.js';
import { REAL_SERVERS } from './index.js';

const names = process.argv.slice(2);
const unknown = names.filter((name) => REAL_SERVERS.every((server) => server.name !== name));
if (unknown.length > 0) {
  console.error(`There is no server ${unknown.join(', ')}: ${REAL_SERVERS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const installed = REAL_SERVERS.filter((server) => {
  if (names.length > 0 && !names.includes(server.name)) return false;
  const reason = makeEnvironment(server);
  if (reason !== undefined) console.error(`${server.name} cannot be installed here, its tests are skipped: ${reason}`);
  return reason === undefined;
});
const { status } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('../../../runAllTests.js', import.meta.url)), 'remote/realServers', 'remote/servedExamples'],
  { stdio: 'inherit', env: { ...process.env, [SERVERS_VARIABLE]: installed.map(({ name }) => name).join(',') } },
);
process.exitCode = status ?? 1;
