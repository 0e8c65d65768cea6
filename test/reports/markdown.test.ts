import assert from 'node:assert/strict';
import { test } from 'node:test';
import { code, figuresMarkdown, plain } from '../../reports/markdown.js';

const PLAIN: readonly [text: string, escaped: string][] = [
  ['p90', 'p90'],
  ['**bold** _it_ `code`', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\`'],
  ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
  ['[a](b) | c # d', '\\[a\\](b) \\| c \\# d'],
  ['@everyone', '@\u200beveryone'],
  ['a\nb', 'a\\\\u{a}b'],
  ['x'.repeat(1000), 'x'.repeat(1000)],
];
for (const [text, escaped] of PLAIN) {
  test(`"${text.slice(0, 30)}" stays text`, () => assert.equal(plain(text), escaped));
}

test('code stays literal, also in a table', () => {
  assert.equal(code('a`b|c'), "`a'b\\|c`");
  assert.equal(code(''), '');
});

test('verdicts that show a difference are bold', () => {
  const table = figuresMarkdown('Offline', [
    ['per second', 'a', '10', '', 'baseline'],
    ['', 'b', '20', '2.000', 'faster'],
  ]);
  assert.deepEqual(
    table.split('\n').map((line) => line.replaceAll(/ +/g, ' ')),
    [
      '| Offline | | Value | Ratio | Verdict |',
      '| :--------- | :-- | ----: | ----: | :--------- |',
      '| per second | `a` | 10 | | baseline |',
      '| | `b` | 20 | 2.000 | **faster** |',
    ],
  );
});
