// Runs `npm ci` where node_modules is missing or does not match the lockfile, so that `npm start` and `npm test` work on
// a fresh clone. Plain JavaScript without dependencies: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installedMark = `${root}node_modules/.package-lock.json`;

if (!existsSync(installedMark) || statSync(installedMark).mtimeMs < statSync(`${root}package-lock.json`).mtimeMs) {
  console.error('Installing dependencies (npm ci), about a minute ...');
  // npm is a .cmd file on Windows, which only a shell can start.
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error(
      'npm ci failed. It needs the npm registry: check the network or your proxy settings, then try again.',
    );
    process.exit(npm.status ?? 1);
  }
}
