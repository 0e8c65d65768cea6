/** Hostile pair lists: whatever comes in, a list comes out or an error of our own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../../base/errors.js';
import { isInnerPath, relativeImagePath } from '../../../qsl/datasets/imageName.js';
import { parsePairs } from '../../../qsl/datasets/pairs.js';

const RUNS = 10_000;

function check(bytes: Uint8Array): void {
  try {
    const { pairs, setCount } = parsePairs(bytes, 'pairs.txt');
    for (const { a, b, set } of pairs) {
      for (const image of [a, b]) assert.ok(isInnerPath(relativeImagePath(image)), relativeImagePath(image));
      assert.notDeepEqual(a, b);
      assert.ok(set >= 1 && set <= setCount);
    }
  } catch (thrown) {
    assert.ok(thrown instanceof LoadGenError, String(thrown));
    assert.equal(thrown.code, 'QSL_PAIRS_FORMAT');
    assert.match(thrown.message, /^pairs\.txt/);
    assert.ok(thrown.message.length < 30_000);
  }
}

test('any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => check(bytes)),
    { numRuns: RUNS },
  );
});

test('any lines of likely fields', () => {
  const likely = [
    'A',
    'B',
    '1',
    '2',
    '0',
    '10',
    '..',
    '/',
    '',
    '\0',
    'a.jpg',
    '../b.jpg',
    'c/d.png',
    '1000000',
    '9999999',
  ];
  const field = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...likely) }, fc.string({ maxLength: 20 }));
  const line = fc
    .tuple(fc.array(field, { maxLength: 5 }), fc.constantFrom('\t', ' ', ','))
    .map(([fields, separator]) => fields.join(separator));
  const header = fc.oneof(fc.constantFrom('1\t1', '1', '2\t1', '1000\t1000', 'x'), line);
  fc.assert(
    fc.property(header, fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (first, lines, end) =>
      check(Buffer.from([first, ...lines].join(end))),
    ),
    { numRuns: RUNS },
  );
});
