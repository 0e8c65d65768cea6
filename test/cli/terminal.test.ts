import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { copyOfSyntheticFaces, temporaryCache, temporaryFolder } from '../qsl/folders.js';
import { MAIN, SHORT_CONF, temporaryFile } from './loadgen.js';

const ESCAPE = String.fromCharCode(27);

/** Of util-linux: runs a command on a terminal of its own. */
const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

test('on a terminal of 80 columns progress bars and the table keep to a line', { skip: !hasScript }, async (t) => {
  const conf = await temporaryFile(t, 'user.conf', SHORT_CONF);
  const cwd = await temporaryFolder(t);
  const dataset = ['--dataset', await copyOfSyntheticFaces(t), '--pairs', '6'];
  const what = ['--sut', 'null', ...dataset, '--mode', 'PerformanceOnly', '--user-conf', conf, '--output', 'logs'];
  const words = [process.execPath, MAIN, 'run', ...what];
  const { FORCE_COLOR: _force, NO_COLOR: _no, CI: _ci, ...inherited } = process.env;
  const env = { ...inherited, TERM: 'xterm', SPHEREFACE_LOADGEN_CACHE: await temporaryCache(t) };
  const command = `stty cols 80 rows 24; ${words.map(quoteForShell).join(' ')}`;
  const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], { cwd, env, encoding: 'utf8' });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /Finding and aligning faces \[=+-*\] \d+ %/);
  assert.match(stdout, /SingleStream performance {3}\[=+\] 100 %/);
  assert.ok(stdout.includes(`${ESCAPE}[32mVALID${ESCAPE}[39m`), stdout);
  // A bar is drawn over the one before: its cursor goes back to column 1.
  const lines = stdout
    .replaceAll(`${ESCAPE}[1G`, '\n')
    .split(/[\r\n]/)
    .map((line) => stripVTControlCharacters(line));
  assert.deepEqual(
    lines.filter((line) => line.length > 80),
    [],
  );
});

function quoteForShell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
