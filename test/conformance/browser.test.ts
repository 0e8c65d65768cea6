import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GOLDEN_FOLDER } from '../golden.js';
import { needsChromium } from '../reports/html/chromium.js';
import { VirtualClock } from '../virtualClock.js';
import { firstDifference, firstDifferenceOfReplays } from './compare.js';
import { settingsOf } from './goldenCase.js';
import { readGoldenCase } from './readGoldenCase.js';
import { replay } from './replay.js';
import { openBrowserReplayer } from './replayInBrowser.js';

const folder = join(GOLDEN_FOLDER, 'cases');

test(
  'a worker of Chromium decides as the official LoadGen did, and logs what Node.js logs',
  needsChromium,
  async (t) => {
    const files = readdirSync(folder).filter((name) => name.endsWith('-a.json'));
    assert.ok(files.length > 5);
    const browser = await openBrowserReplayer();
    t.after(() => browser.close());
    for (const file of files) {
      const read = readGoldenCase(join(folder, file));
      const there = await browser.replay(read);
      assert.equal(firstDifference(read.golden, there), undefined, file);
      const here = await replay(read.golden, settingsOf(read.golden, read.configTexts), new VirtualClock());
      assert.equal(firstDifferenceOfReplays(here, there), undefined, file);
    }
  },
);

test('a difference between two replays is found, whatever differs', async () => {
  const { golden, configTexts } = readGoldenCase(join(folder, 'single-stream-performance-b.json'));
  const ours = await replay(golden, settingsOf(golden, configTexts), new VirtualClock());
  const { logs } = ours;
  const altered = [
    { ...ours, flushes: ours.flushes + 1 },
    { ...ours, queries: ours.queries.slice(1) },
    { ...ours, logs: { ...logs, latencies: logs.latencies.map((ns) => ns + 1) } },
    { ...ours, logs: { ...logs, detail: logs.detail.replace('result_validity', 'result_Validity') } },
    { ...ours, logs: { ...logs, trace: logs.trace.slice(0, -1) } },
  ];
  for (const theirs of altered)
    assert.match(firstDifferenceOfReplays(ours, theirs) ?? '', /^in the browser, \w+: expected/);
  assert.equal(firstDifferenceOfReplays(ours, { ...ours }), undefined);
});
