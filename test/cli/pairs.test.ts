import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { syntheticFaces } from '../qsl/folders.js';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

test('a list goes to standard output, and its numbers to standard error', async () => {
  const { exitCode, stdout, stderr } = await loadgen(['pairs', syntheticFaces, '--same', '2', '--different', '3']);
  assert.equal(exitCode, 0, stderr);
  assert.equal(stderr, '2 pairs of one person and 3 of two, of 300 persons\n');
  assert.match(stdout, /^(Synthetic_(\d+)\/\S+\tSynthetic_\2\/\S+\t1\nSynthetic_\S+\tSynthetic_\S+\t0\n){2}.*\t0\n$/);
});

test('a list in a file makes pairs that are ready to run', async (t) => {
  const list = join(await temporaryFolder(t), 'pairs.txt');
  const made = await loadgen(['pairs', syntheticFaces, '--same', '2', '--output', list]);
  assert.deepEqual([made.exitCode, made.stdout], [0, ''], made.stderr);
  assert.equal(made.stderr, `2 pairs of one person and 2 of two, of 300 persons: ${list}\n`);
  const { exitCode, stdout, stderr } = await loadgen([
    ...['preprocess', '--dataset', syntheticFaces, '--pairs-file', list],
  ]);
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /: 4 pairs ready, 8 of 8 images with a face/);
});

test('a file that is there stays, unless --force is given', async (t) => {
  const list = join(await temporaryFolder(t), 'pairs.txt');
  await writeFile(list, 'mine\n');
  const args = ['pairs', syntheticFaces, '--output', list];
  const refused = await loadgen(args);
  assert.equal(refused.exitCode, 2);
  assert.equal(refused.stderr, `Error CLI_OUTPUT: ${list} is there already\nOverwrite it with --force.\n`);
  assert.equal(await readFile(list, 'utf8'), 'mine\n');
  const forced = await loadgen([...args, '--force']);
  assert.equal(forced.exitCode, 0, forced.stderr);
  assert.equal((await readFile(list, 'utf8')).split('\n').length, 301);
});

test('more pairs than there can be are refused with the greatest numbers', async () => {
  const { exitCode, stdout, stderr } = await loadgen(['pairs', syntheticFaces, '--same', '200', '--different', '200']);
  assert.deepEqual([exitCode, stdout], [2, '']);
  assert.match(
    stderr,
    /^Error QSL_SELECTION: .*: found 600 images of 300 persons, expected enough for 200 pairs of one/,
  );
  assert.match(
    stderr,
    /300 of one person, or 300 of two, or 150 of each, or 200 of one with 100 of two, or 100 of one/,
  );
});
