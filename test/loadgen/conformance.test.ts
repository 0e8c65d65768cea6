import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstDifference } from '../conformance/compare.js';
import { settingsOf } from '../conformance/goldenCase.js';
import { readGoldenCase } from '../conformance/readGoldenCase.js';
import { replay } from '../conformance/replay.js';
import { GOLDEN_FOLDER } from '../golden.js';
import { VirtualClock } from '../virtualClock.js';

const casesFolder = join(GOLDEN_FOLDER, 'cases');
const files = existsSync(casesFolder) ? readdirSync(casesFolder).filter((name) => name.endsWith('.json')) : [];

if (files.length === 0) {
  test('decides as the official LoadGen did', { skip: 'no recorded runs of the official LoadGen beside the project' });
}

for (const file of files) {
  const { golden, configTexts } = readGoldenCase(join(casesFolder, file));
  test(`decides as the official LoadGen did: ${golden.name}`, async () => {
    const ours = await replay(golden, settingsOf(golden, configTexts), new VirtualClock());
    assert.equal(firstDifference(golden, ours), undefined);
  });
}
