import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { findRepeats, foldersNamed, repeatFolder } from '../../runs/repeats.js';

const folder = mkdtempSync(join(tmpdir(), 'repeats-'));
after(() => rmSync(folder, { recursive: true, force: true }));
for (const name of ['a-1', 'a-2', 'a-10', 'a-x', 'a-0', 'a-01', 'a-1-1', 'ab-1', 'b', 'b-1', 'c-99999'])
  mkdirSync(join(folder, name));
writeFileSync(join(folder, 'a-3'), 'a file');

const FOUND: readonly [name: string, repeats: readonly string[], named: readonly string[]][] = [
  ['a', ['a-1', 'a-2', 'a-10'], ['a-1', 'a-2', 'a-10']],
  ['a/', ['a-1', 'a-2', 'a-10'], ['a-1', 'a-2', 'a-10']],
  ['a-1', ['a-1-1'], ['a-1']],
  ['b', ['b-1'], ['b']],
  ['c', [], ['c']],
  ['none/a', [], ['none/a']],
];
for (const [name, repeats, named] of FOUND) {
  test(`${name} stands for ${named.join(', ')}`, () => {
    const path = `${folder}/${name}`;
    assert.deepEqual(
      findRepeats(path).map((each) => basename(each)),
      repeats,
    );
    assert.deepEqual(
      foldersNamed(path),
      named.map((each) => join(folder, each)),
    );
  });
}

test('a repeated run lies beside the others', () => {
  assert.equal(repeatFolder('runs/a', 3), 'runs/a-3');
  assert.equal(repeatFolder('runs/a/', 3), 'runs/a-3');
});
