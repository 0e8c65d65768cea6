import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEST_SCENARIOS } from '../../../loadgen/index.js';
import { memoryLogs } from '../../memoryLogs.js';
import { VirtualClock } from '../../virtualClock.js';
import { answeringAfter, EMPTY, type IssueQuery, runTest } from '../testRun.js';

const answer = answeringAfter(1000);

for (const scenario of TEST_SCENARIOS) {
  for (const [name, issueQuery, code, message] of [
    [
      'throws at once',
      () => {
        throw new Error('no memory');
      },
      'SUT_FAILED',
      /the system under test failed: no memory/,
    ],
    ['says that it failed', (_, responder) => responder.fail(new Error('device lost')), 'SUT_FAILED', /device lost/],
    ['fails later', (_, responder) => setImmediate(() => responder.fail('gone')), 'SUT_FAILED', /failed: gone/],
    [
      'answers twice',
      (samples, responder, clock) => {
        answer(samples, responder, clock);
        answer(samples, responder, clock);
      },
      'SUT_WRONG_ANSWER',
      /answered sample id 0 a second time/,
    ],
    [
      'answers what was not asked',
      (_, responder) => responder.querySamplesComplete([{ id: 123_456, data: EMPTY }]),
      'SUT_WRONG_ANSWER',
      /sample id 123456, which was not asked/,
    ],
    [
      'answers half an id',
      (_, responder) => responder.querySamplesComplete([{ id: 0.5, data: EMPTY }]),
      'SUT_WRONG_ANSWER',
      /sample id 0.5, which was not asked/,
    ],
    [
      'never answers',
      (_samples, _responder, clock) => setImmediate(() => clock.advanceBy(5e9)),
      'SUT_NO_ANSWER',
      /has not answered \d+ of \d+ samples and was silent for 5 s/,
    ],
  ] satisfies [string, IssueQuery, string, RegExp][]) {
    test(`${scenario} with a system that ${name} ends INVALID, with the reason in whole logs`, async () => {
      const { result, logs } = await runTest({
        settings: { scenario },
        issueQuery,
        options: { responseTimeoutMs: 5000 },
      });
      assert.equal(result.state, 'brokenOff');
      assert.equal(result.reason.code, code);
      assert.match(result.reason.message, message);
      assert.match(logs.summary, /\nResult is : INVALID\n/);
      assert.match(logs.summary, message);
      assert.match(logs.detail, /"key": "result_validity", "value": "INVALID"/);
      assert.match(logs.detail, message);
      assert.deepEqual(JSON.parse(logs.accuracy), []);
      assert.ok(Array.isArray(JSON.parse(logs.trace).traceEvents));
    });
  }
}

for (const [what, completedAtNs] of [
  ['from another clock', -1e12],
  ['that is no number', Number.NaN],
  ['that never comes', Number.POSITIVE_INFINITY],
  ['that is still to come', 1e15],
  ['that is null', null],
  ['that is a bigint', 5n],
] as const) {
  test(`a completion time ${what} is refused`, async () => {
    const { result } = await runTest({
      issueQuery: (samples, responder) =>
        responder.querySamplesComplete(
          samples.map(({ id }) => ({ id, data: EMPTY })),
          completedAtNs as number,
        ),
    });
    assert.equal(result.state === 'brokenOff' && result.reason.code, 'SUT_WRONG_ANSWER');
  });
}

test('answers that come after the end of a series are passed over', async () => {
  let late: () => void = () => {};
  const { result, logs } = await runTest({
    settings: { mode: 'AccuracyOnly' },
    issueQuery: (samples, responder) => {
      late = () => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY })));
      responder.fail(new Error('device lost'));
    },
  });
  late();
  assert.equal(result.state === 'brokenOff' && result.reason.message, 'the system under test failed: device lost');
  assert.deepEqual(JSON.parse(logs.accuracy), []);
});

test('a log that cannot be written while answers come in is reported by the run, not thrown at the system', async () => {
  const memory = memoryLogs();
  let thrownAtSystem = false;
  const run = runTest({
    settings: { mode: 'AccuracyOnly' },
    issueQuery: (samples, responder) => {
      // Large enough to be written before the series has ended.
      const data = new Uint8Array(5 << 20);
      try {
        responder.querySamplesComplete(samples.map(({ id }) => ({ id, data })));
      } catch {
        thrownAtSystem = true;
      }
    },
    options: {
      openLogs: (...args) => ({
        ...memory.open(...args),
        accuracy: (text) => {
          if (text.includes('seq_id')) throw new Error('disk full');
        },
      }),
    },
  });
  await assert.rejects(run, { message: 'disk full' });
  assert.equal(thrownAtSystem, false);
});

test('an answer without bytes is a fault where the bytes are logged', async () => {
  const issueQuery: IssueQuery = (samples, responder) => {
    // @ts-expect-error: what a plugin in plain JavaScript may do
    responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: 'text' })));
  };
  const { result } = await runTest({ settings: { mode: 'AccuracyOnly' }, issueQuery });
  assert.equal(result.state, 'brokenOff');
  assert.match(result.reason.message, /answered sample id 0 with string, expected a Uint8Array/);
});

test('a system that throws in flushQueries ends the run', async () => {
  const { result } = await runTest({
    issueQuery: answer,
    flushQueries: () => {
      throw new Error('cannot flush');
    },
  });
  assert.equal(result.state === 'brokenOff' && result.reason.message, 'the system under test failed: cannot flush');
});

test('silence counts from the last answer', async () => {
  const clock = new VirtualClock();
  const slow: IssueQuery = (samples, responder) => {
    setImmediate(() => {
      clock.advanceBy(4e9);
      answeringAfter(0)(samples, responder, clock);
    });
  };
  const { result } = await runTest({
    clock,
    settings: { minQueryCount: 70 },
    issueQuery: slow,
    options: { responseTimeoutMs: 5000 },
  });
  assert.equal(result.state, 'completed');
});
