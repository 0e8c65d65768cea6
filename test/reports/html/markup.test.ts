import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Markup, markup } from '../../../reports/html/markup.js';

for (const [what, made, expected] of [
  ['text', markup`<p>${'<b>&"\''}</p>`, '<p>&lt;b&gt;&amp;&quot;&#39;</p>'],
  ['numbers', markup`<p>${1.5}</p>`, '<p>1.5</p>'],
  ['lists', markup`<p>${['<', markup`<br>`, [2, undefined]]}</p>`, '<p>&lt;<br>2</p>'],
  ['markup within markup', markup`<p>${markup`<i>${'&'}</i>`}</p>`, '<p><i>&amp;</i></p>'],
  ['markup as it stands', markup`${new Markup('<hr>')}`, '<hr>'],
] as const) {
  test(`${what}: ${expected}`, () => assert.equal(made.text, expected));
}

test('whatever a text holds, it opens no element and ends no attribute', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(markup`${text}`.text, /[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
    }),
  ));
