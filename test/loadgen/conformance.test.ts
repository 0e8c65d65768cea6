import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstDifference } from '../conformance/compare.js';
import { readGoldenCase, settingsOf } from '../conformance/goldenCase.js';
import { replay } from '../conformance/replay.js';
import { GOLDEN_FOLDER } from '../golden.js';

const casesFolder = join(GOLDEN_FOLDER, 'cases');
const files = existsSync(casesFolder) ? readdirSync(casesFolder).filter((name) => name.endsWith('.json')) : [];

if (files.length === 0) {
  test('decides as the official LoadGen did', { skip: 'no recorded runs of the official LoadGen beside the project' });
}

for (const file of files) {
  const golden = readGoldenCase(join(casesFolder, file));
  if (golden.args.scenario !== 'SingleStream' && golden.args.scenario !== 'Offline') continue;
  test(`decides as the official LoadGen did: ${golden.name}`, async () => {
    const ours = await replay(golden, settingsOf(golden, [casesFolder, GOLDEN_FOLDER]));
    assert.equal(firstDifference(golden, ours), undefined);
  });
}
