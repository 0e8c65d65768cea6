import assert from 'node:assert/strict';
import { test } from 'node:test';
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
