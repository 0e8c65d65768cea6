import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import decodeQR from 'qr/decode.js';
import { qrCode } from '../../../cli/serve/qrCode.js';

const ADDRESS = 'https://192.168.178.123:8443/0123456789abcdef/';
const terminal = (columns: number) => ({ isTTY: true, columns });

test('a code is read as the address, and fits into 80 columns and a screen', () => {
  const lines = stripVTControlCharacters(qrCode(ADDRESS, terminal(80))).split('\n');
  assert.ok(lines.length <= 20, `${lines.length} lines`);
  assert.equal(decodeQR(picture(lines)), ADDRESS);
});

const NONE: [what: string, stream: { isTTY: boolean; columns: number }][] = [
  ['a pipe', { isTTY: false, columns: 80 }],
  ['a narrow terminal', terminal(30)],
];
for (const [what, stream] of NONE) {
  test(`there is none for ${what}`, () => assert.equal(qrCode(ADDRESS, stream), ''));
}

/** As a camera sees it: a half block is four pixels wide and high. */
function picture(lines: readonly string[]) {
  const scale = 4;
  const [width, height] = [(lines[0]?.length ?? 0) * scale, lines.length * 2 * scale];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / scale);
    for (let x = 0; x < width; x++) {
      const character = lines[Math.floor(row / 2)]?.[Math.floor(x / scale)] ?? ' ';
      const isLight = '█'.includes(character) || character === (row % 2 === 0 ? '▀' : '▄');
      data.fill(isLight ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 4);
    }
  }
  return { width, height, data };
}
