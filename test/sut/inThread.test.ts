import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInThreadSut } from '../../sut/inThread.js';
import { CLOSE_LIMIT_MS } from '../../sut/timeLimits.js';
import { ACT, createEngine } from './engines/scriptedEngine.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from './pairInputsOf.js';
import { runQuery } from './runQuery.js';
import { testModel as model } from './testModel.js';

async function sutOn(firstValues: readonly number[]) {
  const values = new Float32Array(firstValues.length * PAIR_INPUT_VALUES);
  for (const [sample, value] of firstValues.entries()) values[sample * PAIR_INPUT_VALUES] = value;
  return createInThreadSut(await createEngine(model), model, pairInputsOf(values));
}

test('a query of one sample is answered from inside issueQuery', async () => {
  const sut = await sutOn([3]);
  const answered: number[] = [];
  sut.issueQuery([{ id: 9, index: 0 }], {
    querySamplesComplete: (responses) => answered.push(...responses.map(({ id }) => id)),
    fail: assert.fail,
  });
  assert.deepEqual(answered, [9]);
});

test('between the samples of a larger query the event loop turns', async () => {
  const sut = await sutOn([3, 4, 5]);
  const happened: string[] = [];
  await new Promise<void>((resolve) => {
    const samples = [0, 1, 2].map((index) => ({ id: index, index }));
    sut.issueQuery(samples, {
      querySamplesComplete(responses) {
        happened.push(...responses.map(({ id }) => `sample ${id}`));
        setImmediate(() => happened.push('turn'));
        if (happened.includes('sample 2')) setImmediate(resolve);
      },
      fail: assert.fail,
    });
    assert.deepEqual(happened, []);
  });
  assert.deepEqual(happened, ['sample 0', 'turn', 'sample 1', 'turn', 'sample 2', 'turn']);
});

test('queries issued while others wait are answered in their order', async () => {
  const sut = await sutOn([3, 4, 5]);
  const order: number[] = [];
  await new Promise<void>((resolve) => {
    const responder = {
      querySamplesComplete(responses: readonly { id: number }[]) {
        order.push(...responses.map(({ id }) => id));
        if (order.length === 3) resolve();
      },
      fail: assert.fail,
    };
    sut.issueQuery(
      [0, 1].map((index) => ({ id: index, index })),
      responder,
    );
    sut.issueQuery([{ id: 2, index: 2 }], responder);
  });
  assert.deepEqual(order, [0, 1, 2]);
});

for (const samples of [[1], [0, 1, 2]]) {
  test(`an engine that throws fails a query of ${samples.length}`, async () => {
    const sut = await sutOn([3, ACT.throwError, 5]);
    await assert.rejects(runQuery(sut, samples), /the engine broke/);
  });
}

test('a sample that is not loaded fails its query', async () => {
  await assert.rejects(runQuery(await sutOn([3]), [1]), /sample 1 is not loaded/);
});

test('closing fails what is not yet answered', async () => {
  const sut = await sutOn([3, 4]);
  const failed = assert.rejects(runQuery(sut, [0, 1]), { code: 'SUT_CLOSED' });
  await sut.close();
  await failed;
});

test('an engine that is never closed ends in an error', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const engine = { ...(await createEngine(model)), close: () => new Promise<void>(() => {}) };
  const closed = createInThreadSut(engine, model, pairInputsOf(new Float32Array(0))).close();
  t.mock.timers.tick(CLOSE_LIMIT_MS);
  await assert.rejects(async () => closed, {
    code: 'SUT_HUNG',
    message: 'the engine scripted did not close within 5 s',
  });
});
