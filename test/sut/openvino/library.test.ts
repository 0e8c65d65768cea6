import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findOpenVinoLibraries } from '../../../sut/openvino/findLibrary.js';
import { checkedVersion, loadOpenVino } from '../../../sut/openvino/library.js';
import { temporaryFolder } from '../../qsl/folders.js';
import { NO_PYTHON, PYTHON } from '../programs/testPython.js';

test('a library that is not found, or does not load, is told with how to get it', async (t) => {
  const damaged = join(await temporaryFolder(t), 'libopenvino_c.so');
  writeFileSync(damaged, 'no library');
  for (const [files, message] of [
    [[], /^OpenVINO's C library is not found$/],
    [[damaged], /^OpenVINO does not load: .*libopenvino_c\.so/],
  ] as const) {
    await assert.rejects(loadOpenVino(undefined, [...files]), (error: Error & { hint?: string; code?: string }) => {
      assert.equal(error.code, 'SUT_NOT_INSTALLED');
      assert.match(error.message, message);
      assert.match(error.hint ?? '', /pip install openvino/);
      return true;
    });
  }
});

for (const [build, version] of [
  ['2026.4.1-22982-e213a147257-releases/2026/4', '2026.4.1'],
  ['2026.0.0', '2026.0.0'],
  ['2027.1.0-1', '2027.1.0'],
] as const) {
  test(`OpenVINO ${build} is usable`, () => assert.equal(checkedVersion(build), version));
}

for (const build of ['2025.4.1-20426-releases', '', 'custom', '\u001b[2J2026']) {
  test(`OpenVINO ${JSON.stringify(build)} is refused`, () => {
    assert.throws(() => checkedVersion(build), { code: 'SUT_NOT_INSTALLED', message: /expected 2026 or later$/ });
  });
}

test('a package of the Python is found, one in the current folder is not', { skip: NO_PYTHON }, async (t) => {
  const folder = await temporaryFolder(t);
  const libraries = join(folder, 'openvino', 'libs');
  mkdirSync(libraries, { recursive: true });
  writeFileSync(join(folder, 'openvino', '__init__.py'), 'raise SystemExit("imported")');
  writeFileSync(join(libraries, 'libopenvino_c.so.9999'), '');
  const isFound = () => findOpenVinoLibraries(PYTHON).some((file) => file.endsWith('9999'));
  const { PYTHONPATH: before = '' } = process.env;
  const current = process.cwd();
  t.after(() => {
    process.env.PYTHONPATH = before;
    process.chdir(current);
  });
  process.chdir(folder);
  assert.equal(isFound(), false);
  process.env.PYTHONPATH = folder;
  assert.equal(isFound(), process.platform === 'linux');
});

test('a Python that is not there has no library', () => {
  const found = findOpenVinoLibraries('/nowhere/python3');
  assert.deepEqual(
    found.filter((file) => file.includes('site-packages')),
    [],
  );
});
