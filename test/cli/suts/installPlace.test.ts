import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findInstallPlace } from '../../../cli/suts/installPlace.js';
import { temporaryFolder } from '../loadgen.js';

const PACKAGE = 'node_modules/sphereface-loadgen';

const CASES: readonly [string, path: string, globalFolder: string, files: readonly string[], expected: string][] = [
  ['a project', PACKAGE, 'lib/node_modules', ['package.json'], 'npm in . with --save-exact'],
  ['a project of npm', PACKAGE, '', ['package.json', 'package-lock.json'], 'npm in . with --save-exact'],
  ['a dependency of one', `node_modules/tool/${PACKAGE}`, '', ['package.json'], 'npm in . with --save-exact'],
  ['a global installation', `lib/${PACKAGE}`, 'lib/node_modules', [], 'npm in lib with --global'],
  [
    'a dependency of one that is global',
    `lib/node_modules/a/${PACKAGE}`,
    'lib/node_modules',
    [],
    'npm in lib with --global',
  ],
  [
    'one that another npm installed globally',
    `lib/${PACKAGE}`,
    '',
    [],
    'With the npm that installed this package: npm install --global',
  ],
  ['a checkout', 'sphereface-loadgen', 'lib/node_modules', [], 'npm in sphereface-loadgen with --no-save'],
  [
    "npx's cache",
    `_npx/0123456789abcdef/${PACKAGE}`,
    '',
    ['package.json'],
    'In a folder of your own: npm install sphereface-loadgen',
  ],
  ['a project of pnpm', `node_modules/.pnpm/s@1/${PACKAGE}`, '', ['pnpm-lock.yaml'], 'In .: pnpm add'],
  ['a project of yarn', PACKAGE, '', ['yarn.lock'], 'In .: yarn add'],
  ['a project of bun', PACKAGE, '', ['bun.lock'], 'In .: bun add'],
  ['a project of an older bun', PACKAGE, '', ['bun.lockb'], 'In .: bun add'],
];

for (const [name, path, globalFolder, files, expected] of CASES) {
  test(`packages for ${name}: ${expected}`, async (t) => {
    const root = await temporaryFolder(t);
    mkdirSync(join(root, path), { recursive: true });
    for (const file of files) writeFileSync(join(root, file), '');
    const place = findInstallPlace(join(root, path), globalFolder === '' ? '' : join(root, globalFolder));
    const found =
      place.kind === 'npm'
        ? `npm in ${place.folder.slice(root.length + 1) || '.'} with ${place.options.join(' ')}`
        : place.advice.replace(root, '.');
    assert.equal(found, expected);
  });
}
