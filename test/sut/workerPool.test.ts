import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LoadGenError } from '../../base/errors.js';
import { responseBytesOf } from '../../base/pairLayout.js';
import { monotonicClock } from '../../platform/node/monotonicClock.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import { createInThreadSut } from '../../sut/inThread.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { createWorkerPoolSut } from '../../sut/workerPool/workerPool.js';
import { ACT, CLOSE_MARK, createEngine } from './engines/scriptedEngine.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from './pairInputsOf.js';
import { runQuery } from './runQuery.js';
import { scriptedPool, testModel } from './testModel.js';

const SAMPLE_COUNT = 12;
const inputs = pairInputsOf(
  Float32Array.from({ length: SAMPLE_COUNT * PAIR_INPUT_VALUES }, (_, i) => Math.fround(1 / (1 + i))),
);
const allSamples = Array.from({ length: SAMPLE_COUNT }, (_, index) => index);
let pool: ClosableSystemUnderTest;

before(async () => {
  pool = await createWorkerPoolSut({ ...scriptedPool, inputs, workerCount: 3 });
});
after(() => pool.close());

test('a pool answers every sample once, with the bytes that one thread gives', async () => {
  const inThread = createInThreadSut(await createEngine(testModel), testModel, inputs);
  const expected = await runQuery(inThread, allSamples);
  const found = await runQuery(pool, allSamples);
  assert.equal(found.size, SAMPLE_COUNT);
  for (const index of allSamples) {
    assert.equal(found.get(index)?.bytes.length, responseBytesOf(SPHEREFACE20_SHAPE));
    assert.deepEqual(found.get(index)?.bytes, expected.get(index)?.bytes, `sample ${index}`);
  }
});

for (const [workerCount, imagesPerTask, batch] of [
  [1, 1, 1],
  [2, 2, 1],
  [3, 1, 2],
  [2, 3, 2],
] as const) {
  test(`${workerCount} workers with ${imagesPerTask} images at a time, ${batch} for the engine, give the same bytes`, async (t) => {
    const spread = await createWorkerPoolSut({ ...scriptedPool, inputs, workerCount, imagesPerTask, batch });
    t.after(() => spread.close());
    const expected = await runQuery(pool, allSamples);
    const found = await runQuery(spread, allSamples);
    for (const index of allSamples) assert.deepEqual(found.get(index)?.bytes, expected.get(index)?.bytes);
  });
}

test('completion times are on the process-wide clock, between issue and answer', async () => {
  const issuedAtNs = monotonicClock.nowNs();
  const answers = await runQuery(pool, allSamples);
  const answeredAtNs = monotonicClock.nowNs();
  // Each thread measures the distance of its clocks for itself, a few microseconds off.
  const clockDifferenceNs = 50_000;
  for (const { completedAtNs } of answers.values()) {
    assert.ok(completedAtNs !== undefined && completedAtNs > issuedAtNs - clockDifferenceNs);
    assert.ok(completedAtNs < answeredAtNs + clockDifferenceNs);
  }
});

test('samples loaded again, in other memory, are read from there', async () => {
  let current = pairInputsOf(new Float32Array(PAIR_INPUT_VALUES).fill(1));
  const moving = {
    get shared() {
      return current.shared;
    },
    offsetOf: (index: number) => current.offsetOf(index),
  };
  const sut = await createWorkerPoolSut({ ...scriptedPool, inputs: moving, workerCount: 1 });
  for (const value of [1, 5]) {
    current = pairInputsOf(new Float32Array(PAIR_INPUT_VALUES).fill(value));
    const answers = await runQuery(sut, [0]);
    assert.equal(new Float32Array(answers.get(0)?.bytes.buffer ?? new ArrayBuffer(0))[0], 2 * value);
  }
  await sut.close();
});

test('a sample that is not loaded is refused before anything of its query runs', () => {
  const responder = { querySamplesComplete: () => assert.fail('answered'), fail: () => assert.fail('failed') };
  const samples = [
    { id: 1, index: 0 },
    { id: 2, index: SAMPLE_COUNT },
  ];
  assert.throws(() => pool.issueQuery(samples, responder), /sample 12 is not loaded/);
});

test('its configuration says what runs', () => {
  assert.equal(pool.name, 'scripted in 3 workers');
  assert.deepEqual(
    [pool.configuration.engine, pool.configuration.workers, pool.configuration.model],
    ['scripted', 3, 'test model'],
  );
});

test('closing a pool closes the engines of its workers, which may hold native memory', async () => {
  const marked = pairInputsOf(new Float32Array(2 * PAIR_INPUT_VALUES).fill(ACT.markClose));
  const sut = await createWorkerPoolSut({ ...scriptedPool, inputs: marked, workerCount: 2 });
  await runQuery(sut, [0, 1]);
  await sut.close();
  const values = new Float32Array(marked.shared);
  assert.deepEqual([values[0], values[PAIR_INPUT_VALUES]], [CLOSE_MARK, CLOSE_MARK]);
});

test('a closed pool fails a query instead of leaving it unanswered', async () => {
  const sut = await createWorkerPoolSut({ ...scriptedPool, inputs, workerCount: 1 });
  await sut.close();
  await assert.rejects(runQuery(sut, [0]), (error) => error instanceof LoadGenError && error.code === 'SUT_CLOSED');
});
