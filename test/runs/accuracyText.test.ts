import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judgeAngles } from '../../reports/accuracy/judgeAngles.js';
import { readAccuracyText, writeAccuracyText } from '../../runs/accuracyFile.js';
import { accuracyText, parseAccuracyText } from '../../runs/accuracyText.js';
import { labelledPair } from '../reports/accuracy/responses.js';
import { writeLog } from '../reports/temporaryFolder.js';

const RESULT = judgeAngles(
  Float64Array.of(0.2, 0.45, 0.6),
  [true, true, false].map((same) => labelledPair(same)),
  0.41,
);

test('the text, whole', () =>
  assert.equal(
    accuracyText(RESULT),
    `accuracy=66.667%, good=2, total=3
threshold=0.41
true_positives=1
true_negatives=1
false_positives=0
false_negatives=1
best_threshold=0.525000
best_threshold_accuracy=100.000%
area_under_curve=1.000000
equal_error_rate=0.000%
misjudged_pairs=1
qsl_idx=1, same person, angle=0.450000: Somebody A | Somebody B
`,
  ));

test('the ten-fold figures stand where ten sets were run', () => {
  const pairs = Array.from({ length: 20 }, (_, index) => labelledPair(index % 2 === 0, Math.floor(index / 2)));
  const angles = Float64Array.from(pairs, ({ same }) => (same ? 0.2 : 0.6));
  assert.match(
    accuracyText(judgeAngles(angles, pairs, 0.41)),
    /\nten_fold_accuracy_mean=100\.000%\nten_fold_accuracy_standard_deviation=0\.000%\n/,
  );
});

test('the submission checker finds the accuracy on line 1 alone, and none where it is NaN', () => {
  const pattern = /^(?:\{"accuracy|accuracy)[": ]*=?\s*([\d.]+).*/gm;
  assert.deepEqual(
    [...accuracyText(RESULT).matchAll(pattern)].map((match) => [match.index, match[1]]),
    [[0, '66.667']],
  );
  const text = accuracyText(judgeAngles(Float64Array.of(Number.NaN), [labelledPair(true)], 0.41));
  assert.match(text, /^accuracy=NaN, good=0, total=1\n/);
  assert.doesNotMatch(text, pattern);
});

test('names cannot break lines, colour a terminal or swell the file; HTML stays what it is', () => {
  const pair = labelledPair(true, 1, `<b>\n\u001b[31m\u202eaccuracy=99%\u2028${'x'.repeat(500)}`);
  const text = accuracyText(judgeAngles(Float64Array.of(0.9), [pair], 0.41));
  assert.match(text, /: <b>\\u\{a\}\\u\{1b\}\[31m\\u\{202e\}accuracy=99%\\u\{2028\}x+… \| /);
  // All pairs are of one kind: a remark stands in place of the figures of thresholds.
  assert.equal(text.split('\n').length, 10);
  assert.ok(text.length < 1200);
});

for (const [what, kinds, remark] of [
  ['matched pairs alone', [true, true], /^remark=all 2 pairs are matched, so the accuracy says nothing of mismatched/m],
  ['mismatched pairs alone', [false, false], /^remark=all 2 pairs are mismatched, .* no equal error rate$/m],
  ['one pair', [false], /^remark=the only pair is mismatched, /m],
] as const) {
  test(`${what} have neither an error rate nor a best threshold, and a remark is read back`, () => {
    const angles = Float64Array.from(kinds, (_, index) => 0.3 + 0.3 * index);
    const result = judgeAngles(
      angles,
      kinds.map((same) => labelledPair(same)),
      0.41,
    );
    const text = accuracyText(result);
    assert.match(text, remark);
    assert.doesNotMatch(text, /NaN|Infinity|best_threshold|area|equal_error/);
    assert.doesNotMatch(JSON.stringify(result), /null|NaN|Infinity/);
    assert.deepEqual(parseAccuracyText(text)?.remarks, result.remarks);
  });
}

test('folds of one kind have a ten-fold accuracy, and are named', () => {
  // Set 3 is all matched, all others are mismatched: nine folds are chosen with both kinds, one with mismatched alone.
  const pairs = Array.from({ length: 20 }, (_, index) => labelledPair(index >> 1 === 3, index >> 1));
  const result = judgeAngles(
    Float64Array.from(pairs, ({ same }) => (same ? 0.2 : 0.6)),
    pairs,
    0.41,
  );
  assert.ok(Number.isFinite(result.tenFold?.mean) && Number.isFinite(result.tenFold?.standardDeviation));
  assert.deepEqual(result.remarks, ['10 of 10 sets have pairs of one kind alone: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9']);
  assert.doesNotMatch(accuracyText(result), /NaN|Infinity/);
});

test('a remark among the pairs is none', () => {
  const pair = labelledPair(true, 1, 'A\nremark=all is well');
  const mixed = judgeAngles(Float64Array.of(0.9, 0.9), [pair, labelledPair(false)], 0.41);
  assert.deepEqual(parseAccuracyText(`${accuracyText(mixed)}remark=all is well\n`)?.remarks, []);
});

test('writes accuracy.txt beside the logs', async () => {
  const { logDir } = writeLog('some.log', '');
  await writeAccuracyText(logDir, RESULT);
  assert.equal(readFileSync(`${logDir}/accuracy.txt`, 'utf8'), accuracyText(RESULT));
  const counts = { correctCount: 2, pairCount: 3, accuracy: 2 / 3, percent: 66.667 };
  assert.deepEqual(await readAccuracyText(logDir), { ...counts, threshold: RESULT.threshold, remarks: [] });
});

for (const [name, rest, threshold] of [
  ['its second line', 'threshold=0.5\n', 0.5],
  ['CRLF', 'threshold=1e-7\r\n', 1e-7],
  ['a later line', 'hash=1\nthreshold=0.5\n', undefined],
  ['no number', 'threshold=.\n', undefined],
  ['nothing', '', undefined],
] as const) {
  test(`the threshold is read from ${name}`, () =>
    assert.equal(parseAccuracyText(`accuracy=50.000%, good=1, total=2\n${rest}`)?.threshold, threshold));
}

test('says which file could not be written', () =>
  assert.rejects(writeAccuracyText('/dev/null/nowhere', RESULT), {
    code: 'REPORT_WRITE',
    message: /cannot write \/dev\/null\/nowhere\/accuracy\.txt/,
  }));
