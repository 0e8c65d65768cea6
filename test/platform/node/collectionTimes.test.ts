import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GCProfiler } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { GarbageCollection } from '../../../logs/trace/write.js';
import { watchCollectionTimes } from '../../../platform/node/collectionTimes.js';

/** V8 notes times in microseconds. */
const CLOCK_STEP_NS = 1000;

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
  const nowNs = () => Number(process.hrtime.bigint());
  // Between two readings of the clock, V8 begins or ends to count.
  const outerStartNs = nowNs();
  profiler.start();
  const innerStartNs = nowNs();
  makeGarbage();
  const innerEndNs = nowNs();
  const { statistics } = profiler.stop();
  const outerEndNs = nowNs();
  const all = await stop();
  const within = (fromNs: number, toNs: number) => all.filter((one) => one.startNs >= fromNs && one.startNs < toNs);
  const counted = (gcType: string) => statistics.filter((one) => one.gcType === gcType).length;
  const inner = within(innerStartNs, innerEndNs - CLOCK_STEP_NS);
  const outer = within(outerStartNs - CLOCK_STEP_NS, outerEndNs);
  const seen = (collections: readonly GarbageCollection[], kind: string) =>
    collections.filter((one) => one.kind === kind).length;
  assert.ok(counted('Scavenge') > 0);
  for (const [kind, gcType] of [
    ['minor', 'Scavenge'],
    ['major', 'MarkSweepCompact'],
    ['marking', 'IncrementalMarking'],
  ] as const) {
    // The last marking may have started without having taken a step.
    const least = counted(gcType) - (kind === 'marking' ? 1 : 0);
    const text = `${kind}: ${seen(inner, kind)} to ${seen(outer, kind)} of ${counted(gcType)}`;
    assert.ok(seen(inner, kind) <= counted(gcType) && seen(outer, kind) >= least, text);
  }
  let lastNs = 0;
  for (const { startNs: fromNs, durationNs } of outer) {
    assert.ok(durationNs >= 0 && fromNs + CLOCK_STEP_NS >= lastNs, `from ${fromNs}, after ${lastNs}`);
    assert.ok(fromNs + durationNs <= outerEndNs + CLOCK_STEP_NS);
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
