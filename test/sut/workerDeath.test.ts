import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSE_LIMIT_MS, START_LIMIT_MS } from '../../sut/timeLimits.js';
import { createWorkerPoolSut } from '../../sut/workerPool/workerPool.js';
import { ACT } from './engines/scriptedEngine.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from './pairInputsOf.js';
import { runQuery } from './runQuery.js';
import { scriptedPool, testModel } from './testModel.js';

function inputsWhere(acts: readonly number[]) {
  const values = new Float32Array(acts.length * PAIR_INPUT_VALUES).fill(1);
  for (const [sample, act] of acts.entries()) values[sample * PAIR_INPUT_VALUES] = act;
  return pairInputsOf(values);
}

for (const [what, act, message] of [
  ['throws', ACT.throwError, /^worker \d of the system under test failed: the engine broke$/],
  ['ends by itself', ACT.exit, /^worker \d of the system under test ended by itself with exit code 7$/],
] as const) {
  test(`a worker that ${what} fails its query, and those that follow`, async () => {
    const sut = await createWorkerPoolSut({ ...scriptedPool, inputs: inputsWhere([1, 1, act, 1]), workerCount: 2 });
    await assert.rejects(runQuery(sut, [0, 1, 2, 3]), { code: 'SUT_WORKER', message });
    await assert.rejects(runQuery(sut, [0]), { code: 'SUT_WORKER', message });
    await sut.close();
  });
}

test('closing ends a worker in the middle of an inference that never ends, and fails its query', async () => {
  const sut = await createWorkerPoolSut({ ...scriptedPool, inputs: inputsWhere([ACT.never]), workerCount: 1 });
  const failed = assert.rejects(runQuery(sut, [0]), { code: 'SUT_CLOSED' });
  await sut.close();
  await failed;
});

test('an engine that does not start is an error that says why', async () => {
  const refused = { ...testModel, name: 'refused' };
  await assert.rejects(
    createWorkerPoolSut({ ...scriptedPool, model: refused, inputs: inputsWhere([1]), workerCount: 2 }),
    {
      code: 'SUT_WORKER',
      message: /this engine does not start/,
    },
  );
});

test('an engine that is never created ends in an error, and so does its thread', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const model = { ...testModel, name: 'never created' };
  const started = createWorkerPoolSut({ ...scriptedPool, model, inputs: inputsWhere([1]), workerCount: 2 });
  t.mock.timers.tick(START_LIMIT_MS);
  await assert.rejects(started, {
    code: 'SUT_WORKER',
    message: 'worker 1 of the system under test did not create its engine within 300 s',
  });
});

test('an engine that is never closed ends in an error, and so does its thread', async (t) => {
  const model = { ...testModel, name: 'never closed' };
  const sut = await createWorkerPoolSut({ ...scriptedPool, model, inputs: inputsWhere([1]), workerCount: 1 });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const closed = sut.close();
  t.mock.timers.tick(CLOSE_LIMIT_MS);
  await assert.rejects(async () => closed, {
    code: 'SUT_WORKER',
    message: 'worker 1 of the system under test did not close its engine within 5 s',
  });
});
