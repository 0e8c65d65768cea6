import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GCProfiler } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { watchCollectionTimes } from '../../../platform/node/collectionTimes.js';

/** Garbage until V8 has collected some. */
function makeGarbage(): number {
  let kept: object[] = [];
  for (let index = 0; index < 2e6; index++) {
    kept.push({ index, list: [index] });
    if (kept.length > 1e5) kept = [];
  }
  return kept.length;
}

test('as many collections as V8 counts, within the time that was watched, one after another', async () => {
  const stop = watchCollectionTimes();
  assert.ok(stop !== undefined);
  const profiler = new GCProfiler();
  profiler.start();
  const startNs = Number(process.hrtime.bigint());
  makeGarbage();
  const { statistics } = profiler.stop();
  const endNs = Number(process.hrtime.bigint());
  const all = await stop();
  const collections = all.filter((one) => one.startNs >= startNs - 1000 && one.startNs < endNs);
  const counted = (kind: string) => statistics.filter(({ gcType }) => gcType === kind).length;
  const seen = (kind: string) => collections.filter((one) => one.kind === kind).length;
  assert.ok(counted('Scavenge') > 0);
  assert.deepEqual([seen('minor'), seen('major')], [counted('Scavenge'), counted('MarkSweepCompact')]);
  // The last marking may have started without having taken a step.
  const markings = counted('IncrementalMarking');
  assert.ok([markings, markings - 1].includes(seen('marking')), `${seen('marking')} of ${markings} markings`);
  let lastNs = 0;
  for (const { startNs: fromNs, durationNs } of collections) {
    assert.ok(durationNs >= 0 && fromNs + 1000 >= lastNs, `from ${fromNs}, after ${lastNs}`);
    assert.ok(fromNs + durationNs <= endNs + 1000);
    lastNs = fromNs;
  }
});

test('in a worker thread V8 does not trace: there is nothing to stop', async () => {
  const url = new URL('../../../platform/node/collectionTimes.js', import.meta.url);
  const code = `const { parentPort } = require('node:worker_threads');
import(${JSON.stringify(url.href)}).then(({ watchCollectionTimes }) => parentPort.postMessage(watchCollectionTimes() === undefined));`;
  const worker = new Worker(code, { eval: true });
  const isUndefined = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  assert.equal(isUndefined, true);
});
