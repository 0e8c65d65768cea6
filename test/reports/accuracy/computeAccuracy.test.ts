import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ACCURACY_LOG_NAME } from '../../../logs/accuracy/read.js';
import { computeAccuracy } from '../../../reports/accuracy/computeAccuracy.js';
import { judgeAngles } from '../../../reports/accuracy/judgeAngles.js';
import { writeLog } from '../temporaryFolder.js';
import { accuracyLogText, labelledPair, response, responseAtAngle } from './responses.js';
import { naiveAccuracy, scoredPairs } from './scoredPairs.js';

const PAIRS = [labelledPair(true), labelledPair(true), labelledPair(false), labelledPair(false)];

function compute(logText: string, pairs = PAIRS, threshold = 0.41, featureValues = 1024) {
  const { logDir } = writeLog(ACCURACY_LOG_NAME, logText);
  return computeAccuracy({ logDir, pairs, featureValues, threshold });
}

const RESPONSES = [0.2, 0.45, 0.3, 0.6].map(responseAtAngle);

test('judges the pairs of a log', async () => {
  const result = await compute(accuracyLogText(RESPONSES));
  assert.deepEqual(
    [result.truePositives, result.falseNegatives, result.falsePositives, result.trueNegatives, result.accuracy],
    [1, 1, 1, 1, 0.5],
  );
  assert.deepEqual(
    result.misjudged.map(({ index, angle }) => [index, angle.toFixed(6)]),
    [
      [1, '0.450000'],
      [2, '0.300000'],
    ],
  );
  assert.equal(result.areaUnderCurve, 0.75);
  assert.equal(result.tenFold, undefined);
});

test('judges at another threshold, which itself is not below it', async () => {
  assert.equal((await compute(accuracyLogText(RESPONSES), PAIRS, 0.5)).truePositives, 2);
  const result = judgeAngles(Float64Array.of(0.41), [labelledPair(true)], 0.41);
  assert.deepEqual([result.truePositives, result.falseNegatives], [0, 1]);
});

test('a response that is not a number makes every figure NaN, and is named', async () => {
  const result = await compute(accuracyLogText([...RESPONSES.slice(0, 3), response([Number.NaN], [1])]));
  assert.deepEqual(
    [result.accuracy, result.areaUnderCurve, result.equalErrorRate, result.bestThreshold?.accuracy],
    [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
  );
  assert.deepEqual(result.misjudged.at(-1), { index: 3, pair: PAIRS[3], angle: Number.NaN });
});

test('the order of the entries does not matter', async () => {
  const text = accuracyLogText(RESPONSES);
  const [open = '', first = '', ...rest] = text.split('\n');
  const last = rest.at(-3) ?? '';
  const reordered = [open, `${last},`, ...rest.slice(0, -3), first.replace(/,$/, ''), ']', ''].join('\n');
  assert.notEqual(reordered, text);
  assert.deepEqual(await compute(reordered), await compute(text));
});

test('counts agree with the definition', () =>
  fc.assert(
    fc.property(scoredPairs, fc.double({ min: 0, max: 1, noNaN: true }), (scored, threshold) => {
      const pairs = scored.map(({ same, set }) => labelledPair(same, set));
      const result = judgeAngles(
        Float64Array.from(scored, ({ angle }) => angle),
        pairs,
        threshold,
      );
      assert.equal(result.accuracy, naiveAccuracy(scored, threshold));
      assert.equal(result.misjudged.length, result.falsePositives + result.falseNegatives);
      assert.equal(result.truePositives + result.falseNegatives, scored.filter(({ same }) => same).length);
      assert.equal(result.trueNegatives + result.misjudged.length + result.truePositives, pairs.length);
    }),
  ));

const SHORT = response([1], [1]).subarray(4);
for (const [fault, text, code, message] of [
  ['a missing sample', accuracyLogText(RESPONSES.slice(0, 3)), 'REPORT_SAMPLE_MISSING', /lacks 1 of 4 .* qsl_idx 3$/],
  ['an unknown sample', accuracyLogText([...RESPONSES, SHORT]), 'REPORT_SAMPLE_UNKNOWN', /:6: qsl_idx 4 .* 0 to 3/],
  ['a short response', accuracyLogText([SHORT]), 'REPORT_RESPONSE_SIZE', /:2: qsl_idx 0 .* 8188 bytes; expected 8192/],
  [
    'a sample that is answered again otherwise',
    accuracyLogText(RESPONSES).replace('"qsl_idx" : 3', '"qsl_idx" : 1'),
    'REPORT_SAMPLE_REPEATED',
    /:5: qsl_idx 1 was answered differently on line 3/,
  ],
] as const) {
  test(`refuses ${fault}`, () => assert.rejects(compute(text), { name: 'LoadGenError', code, message }));
}

test('features have the length that they are said to have', async () => {
  const short = RESPONSES.map((data) => Buffer.concat([data.subarray(0, 1536), data.subarray(4096, 4096 + 1536)]));
  const [asked, expected] = await Promise.all([
    compute(accuracyLogText(short), PAIRS, 0.41, 384),
    compute(accuracyLogText(RESPONSES)),
  ]);
  assert.deepEqual(asked, expected);
  await assert.rejects(compute(accuracyLogText(RESPONSES), PAIRS, 0.41, 384), {
    code: 'REPORT_RESPONSE_SIZE',
    message: /:2: qsl_idx 0 was answered with 8192 bytes; expected 3072, two features of 384 float32 values/,
  });
});

test('a sample that is answered again alike counts once, as in the padding of MultiStream', async () => {
  const text = accuracyLogText([...RESPONSES, RESPONSES[1] ?? SHORT]).replace('"qsl_idx" : 4', '"qsl_idx" : 1');
  assert.deepEqual(await compute(text), await compute(accuracyLogText(RESPONSES)));
});

test('names the first of many missing samples', () =>
  assert.rejects(compute('[]', Array(100).fill(PAIRS[0])), {
    message: /lacks 100 of 100 samples: qsl_idx 0, .*, 9, …$/,
  }));

test('refuses no pairs, and thresholds that are no angle', async () => {
  await assert.rejects(compute('[]', []), { code: 'REPORT_NO_PAIRS' });
  for (const threshold of [-0.1, 1.1, Number.NaN]) {
    await assert.rejects(compute('[]', PAIRS, threshold), {
      code: 'REPORT_THRESHOLD',
      message: new RegExp(`${threshold}`),
    });
  }
});
