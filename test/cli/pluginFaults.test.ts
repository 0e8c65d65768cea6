import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const ENGINE = `interfaceVersion: 1, kind: 'engine', name: 'mine', formats: ['safetensors'], precisions: ['fp32'],
  checkUsable: async () => {}, createEngine: async () => ({})`;
const SYSTEM = `interfaceVersion: 1, kind: 'systemUnderTest', name: 'mine'`;

/** What the plugin's file holds, and how it is refused. */
const FAULTS: readonly [string, string, RegExp][] = [
  ['does not parse', 'export default {', /SUT_PLUGIN: .*mine\.mjs cannot be imported: Unexpected/],
  ['throws on import', `throw new Error('no licence')`, /SUT_PLUGIN: .*mine\.mjs cannot be imported: no licence/],
  ['has no default export', 'export const name = 1', /SUT_PLUGIN: .*mine\.mjs has no default export/],
  ['exports nothing', 'export default null', /default export of .*mine\.mjs is null, expected a plugin/],
  ['exports a function', 'export default () => {}', /default export of .*mine\.mjs is function, expected a plugin/],
  ['says no version', `export default { kind: 'engine' }`, /is an object without interfaceVersion/],
  [
    'wants a newer interface',
    `export default { interfaceVersion: 2, kind: 'robot' }`,
    /SUT_PLUGIN_VERSION: .*mine\.mjs wants interface version 2, this loadgen has 1\nUpdate sphereface-loadgen/,
  ],
  [
    'has a version that is no number',
    `export default { interfaceVersion: '1' }`,
    /SUT_PLUGIN_VERSION: .*mine\.mjs has the interfaceVersion "1", expected 1/,
  ],
  ['is of no known kind', `export default { interfaceVersion: 1, kind: 'robot' }`, /kind: neither 'engine' nor/],
  [
    'lacks members',
    `export default { interfaceVersion: 1, kind: 'engine', name: 'a/b', formats: ['gguf'], precisions: [] }`,
    /\n {2}name: not 1 to 64 .*\n {2}formats\.0: .*\n {2}precisions: .*\n {2}checkUsable: .*\n {2}createEngine: /,
  ],
  [
    'has the name of ours',
    `export default { ${ENGINE}, name: 'null' }`,
    /has the name of a system that there is: null/,
  ],
  [
    'cannot run here',
    `export default { ${ENGINE}, checkUsable: async () => { throw new Error('no GPU') } }`,
    /SUT_PLUGIN: the plugin mine failed in checkUsable: no GPU/,
  ],
  [
    'makes no engine',
    `export default { ${ENGINE} }`,
    /what createEngine of mine returned is not as expected:\n {2}name: .*(\n.*)*\n {2}close: /,
  ],
  [
    'cannot make its engine',
    `export default { ${ENGINE}, createEngine() { throw new Error('no memory') } }`,
    /SUT_PLUGIN: the plugin mine failed in createEngine: no memory/,
  ],
  [
    'makes no system',
    `export default { ${SYSTEM}, createSystemUnderTest: async () => undefined }`,
    /SUT_PLUGIN: what createSystemUnderTest of mine returned is not as expected:/,
  ],
  [
    'cannot make its system',
    `export default { ${SYSTEM}, createSystemUnderTest: async () => { throw new Error('no server') } }`,
    /SUT_PLUGIN: the plugin mine failed in createSystemUnderTest: no server/,
  ],
];

for (const [what, content, message] of FAULTS) {
  test(`a plugin that ${what} is refused before a data set is looked for`, async (t) => {
    const cwd = await folderWith({ 'mine.mjs': content }, t);
    await assertRefused('./mine.mjs', cwd, message);
  });
}

test('a plugin that is not there is refused', async (t) => {
  const cwd = await temporaryFolder(t);
  await assertRefused('./mine.mjs', cwd, /SUT_PLUGIN: there is no plugin at .*mine\.mjs/);
  await assertRefused('mine.js', cwd, /SUT_PLUGIN: there is no plugin at .*mine\.js/);
  await assertRefused(
    '@me/mine',
    cwd,
    /SUT_PLUGIN: there is no package @me\/mine .*\nInstall it there: npm install @me\/mine/,
  );
  await assertRefused('fs', cwd, /SUT_UNKNOWN: there is no system under test "fs"/);
});

for (const [name, manifest, message] of [
  ['@me/mine', { exports: './mine.js' }, /the plugin mine failed in createEngine: found/],
  ['mine', { main: 'mine.js' }, /the plugin mine failed in createEngine: found/],
  ['mine', { exports: { import: './mine.js' } }, /the plugin mine failed in createEngine: found/],
  ['@me/mine', { exports: { '.': { import: { default: './mine.js' } } } }, /failed in createEngine: found/],
  ['mine', { exports: { require: './mine.js' } }, /SUT_PLUGIN: the plugin mine cannot be resolved: .*\n.*"import"/],
  ['mine', { exports: { import: './missing.js' } }, /SUT_PLUGIN: .*missing\.js cannot be imported: Cannot find module/],
  ['mine', { main: 'missing.js' }, /SUT_PLUGIN: the plugin mine cannot be resolved: .*mine/],
] as const) {
  test(`a package ${name} with ${JSON.stringify(manifest)} is looked for in the current folder`, async (t) => {
    const folder = `node_modules/${name}`;
    const cwd = await folderWith(
      {
        [`${folder}/package.json`]: JSON.stringify({ name, version: '1.0.0', type: 'module', ...manifest }),
        [`${folder}/mine.js`]: `export default { ${ENGINE}, createEngine() { throw new Error('found') } }`,
      },
      t,
    );
    await assertRefused(name, cwd, message);
  });
}

async function assertRefused(sut: string, cwd: string, message: RegExp): Promise<void> {
  const { exitCode, stdout, stderr } = await loadgen(['run', '--sut', sut, '--dataset', '/no/such/folder'], { cwd });
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /^ +at /m);
  assert.equal(stdout, '');
  assert.equal(exitCode, 2);
}

async function folderWith(
  files: Readonly<Record<string, string>>,
  t: Parameters<typeof temporaryFolder>[0],
): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
