import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { replaceFolders } from '../../submission/replaceFolders.js';

const folder = mkdtempSync(join(tmpdir(), 'replaced-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Aborts when so many of its files have been taken. */
class AbortingFiles extends Map<string, string> {
  readonly controller = new AbortController();
  readonly #count: number;

  constructor(count: number) {
    super([
      ['one/a', '1'],
      ['one/b', '2'],
      ['c', '3'],
    ]);
    this.#count = count;
  }

  override *[Symbol.iterator](): MapIterator<[string, string]> {
    let taken = 0;
    for (const entry of this.entries()) {
      if (taken++ === this.#count) this.controller.abort(new Error('stopped'));
      yield entry;
    }
    if (taken === this.#count) this.controller.abort(new Error('stopped'));
  }
}

for (const count of [0, 1, 3]) {
  test(`aborted after ${count} of 3 files, the tree is as it was`, async () => {
    const tree = mkdtempSync(join(folder, 'tree-'));
    mkdirSync(join(tree, 'results', 'Offline'), { recursive: true });
    writeFileSync(join(tree, 'results', 'Offline', 'old'), '');
    const before = readdirSync(tree, { recursive: true });
    const files = new AbortingFiles(count);
    const folders = ['results/Offline', 'results/Server'].map((path) => ({ path, files }));
    await assert.rejects(replaceFolders(tree, folders, ['Offline', 'Server'], files.controller.signal), /stopped/);
    assert.deepEqual(readdirSync(tree, { recursive: true }), before);
  });
}
