import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { documents, headingAnchors, linkTargets, namedPaths, ROOT, readDocument } from './markdown.js';

const MAX_BYTES = { 'README.md': 8192, 'ARCHITECTURE.md': 8192 };
const ELSEWHERE = /^(https?|mailto):/;

for (const path of documents()) {
  test(`every link in ${path} leads somewhere`, () => {
    assert.deepEqual(brokenLinks(path, readDocument(path)), []);
  });
}

for (const path of documents().filter((name) => name !== 'CHANGELOG.md')) {
  test(`every folder and file that ${path} names is there`, () => {
    assert.deepEqual(
      namedPaths(readDocument(path)).filter((name) => !existsSync(join(ROOT, name))),
      [],
    );
  });
}

const BROKEN: readonly [name: string, markdown: string, broken: readonly string[]][] = [
  ['a file that is not there', 'See [it](docs/none.md).', ['docs/none.md']],
  ['a picture that is not there', '![it](docs/none.png)', ['docs/none.png']],
  ['a heading that is not there', '[it](#none)\n\n# Some', ['#none']],
  ["another document's heading that is not there", '[it](LICENSE) [it](CHANGELOG.md#none)', ['CHANGELOG.md#none']],
  ['no link in code', '```\n[it](none.md)\n```\n`[it](none.md)`', []],
  ['headings with marks and twice', '[a](#a-b-c) [a](#a-b-c-1)\n\n## `A` b: c\n## A b c', []],
];

for (const [name, markdown, broken] of BROKEN) {
  test(`links: ${name}`, () => assert.deepEqual(brokenLinks('README.md', markdown), broken));
}

test('every page can be reached from the README', () => {
  const reached = new Set<string>();
  const pending = ['README.md'];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const target of linkTargets(readDocument(path))) {
      const [file = ''] = target.split('#');
      if (file.endsWith('.md') && !ELSEWHERE.test(file)) pending.push(posix.join(posix.dirname(path), file));
    }
  }
  const pages = documents().filter((path) => path.startsWith('docs/') || path.startsWith('examples/'));
  assert.deepEqual(
    pages.filter((path) => !reached.has(path)),
    [],
  );
});

for (const [path, limit] of Object.entries(MAX_BYTES)) {
  test(`${path} has ${limit} bytes at most`, () => {
    assert.ok(statSync(join(ROOT, path)).size <= limit, `found ${statSync(join(ROOT, path)).size}`);
  });
}

test('what package.json says to publish is there', () => {
  const schema = z.object({ files: z.array(z.string()) });
  const { files } = schema.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const missing = files.filter((file) => !file.startsWith('!') && !existsSync(join(ROOT, file)));
  assert.deepEqual(missing, []);
});

function brokenLinks(path: string, markdown: string): string[] {
  return linkTargets(markdown).filter((target) => {
    if (ELSEWHERE.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const linked = file === '' ? path : posix.join(posix.dirname(path), file);
    if (!existsSync(join(ROOT, linked))) return true;
    return anchor !== undefined && !headingAnchors(file === '' ? markdown : readDocument(linked)).has(anchor);
  });
}
