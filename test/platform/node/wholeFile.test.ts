import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeWhole, writeWholeSync } from '../../../platform/node/wholeFile.js';
import { temporaryFolder } from '../../fetch/fetching.js';

const onWindows = process.platform === 'win32';
const MODULE = fileURLToPath(new URL('../../../platform/node/wholeFile.js', import.meta.url));
const TEXT = 'é'.repeat(5000);

const WRITERS = [
  ['writeWhole', (path: string, text: string) => writeWhole(path, text)],
  ['writeWholeSync', async (path: string, text: string) => writeWholeSync(path, text)],
] as const;

for (const [name, write] of WRITERS) {
  test(`${name} writes all of a file, new or in place of another`, async (t) => {
    const folder = await temporaryFolder(t);
    for (const text of [TEXT, '', 'short']) {
      await write(join(folder, 'file'), text);
      assert.equal(readFileSync(join(folder, 'file'), 'utf8'), text);
    }
    assert.deepEqual(readdirSync(folder), ['file']);
  });

  test(`${name} keeps the mode of a file, and the link to it`, { skip: onWindows && 'no modes' }, async (t) => {
    const folder = await temporaryFolder(t);
    for (const mode of [0o640, 0o440]) {
      writeFileSync(join(folder, `${mode}`), 'old', { mode });
      symlinkSync(`${mode}`, join(folder, 'link'));
      await write(join(folder, 'link'), 'new');
      assert.equal(readFileSync(join(folder, `${mode}`), 'utf8'), 'new');
      assert.equal(statSync(join(folder, `${mode}`)).mode & 0o777, mode);
      assert.deepEqual(readdirSync(folder), [`${mode}`, 'link']);
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
    }
  });

  test(`${name} leaves a folder as it is, and nothing beside it`, async (t) => {
    const folder = await temporaryFolder(t);
    mkdirSync(join(folder, 'there'));
    await assert.rejects(write(join(folder, 'there'), 'new'), { code: /^E(ISDIR|PERM)$/ });
    await assert.rejects(write(join(folder, 'missing', 'file'), 'new'), { code: 'ENOENT' });
    assert.deepEqual(readdirSync(folder, { recursive: true }), ['there']);
  });

  test(`${name} writes to a device instead of replacing it`, { skip: onWindows && 'no devices' }, async () => {
    await write('/dev/null', 'new');
    assert.ok(statSync('/dev/null').isCharacterDevice());
  });

  test(`${name} fails where the system takes only a part, and leaves the old file`, { skip: onWindows }, async (t) => {
    const folder = await temporaryFolder(t);
    writeFileSync(join(folder, 'file'), 'old');
    const script = `
      import { ${name} } from ${JSON.stringify(MODULE)};
      try { await ${name}('file', 'é'.repeat(5000)); } catch (thrown) { console.log(thrown.code); }
    `;
    const command = [process.execPath, '--input-type=module', '--eval', script];
    const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -f 1; exec "$@"', 'sh', ...command], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(stdout, 'EFBIG\n', stderr);
    assert.deepEqual(readdirSync(folder), ['file']);
    assert.equal(readFileSync(join(folder, 'file'), 'utf8'), 'old');
  });
}

test('chunks are written as they come; their error, or an abort, leaves the old file', async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, 'file');
  const controller = new AbortController();
  async function* chunks(atEnd: () => void) {
    yield 'one, ';
    yield 'two';
    atEnd();
    yield '';
  }
  const broken = () => {
    throw new RangeError('broken');
  };
  await writeWhole(
    file,
    chunks(() => {}),
    controller.signal,
  );
  await assert.rejects(writeWhole(file, chunks(broken), controller.signal), { message: 'broken' });
  await assert.rejects(
    writeWhole(
      file,
      chunks(() => controller.abort()),
      controller.signal,
    ),
    { name: 'AbortError' },
  );
  assert.equal(readFileSync(file, 'utf8'), 'one, two');
  assert.deepEqual(readdirSync(folder), ['file']);
});

test('a process that ends while it writes leaves no part', async (t) => {
  const folder = await temporaryFolder(t);
  const script = `
    import { writeWhole } from ${JSON.stringify(MODULE)};
    await writeWhole('file', (async function* () { yield 'one'; process.exit(5); })());
  `;
  const command = ['--input-type=module', '--eval', script];
  const { status } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 5);
  assert.deepEqual(readdirSync(folder), []);
});
