import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { foreignContentOf } from '../../base/foreignContent.js';

const tar = Buffer.alloc(512);
tar.write('folder/', 0);
tar.write('ustar', 257);

for (const [content, name] of [
  ['PK\x03\x04\x14', 'a zip archive'],
  ['PK\x05\x06', 'a zip archive'],
  [gzipSync('a'), 'a gzip archive'],
  [tar, 'a tar archive'],
  [Buffer.from('377abcaf271c0004', 'hex'), 'a 7z archive'],
  [Buffer.from('fd377a585a000004', 'hex'), 'an xz archive'],
  ['BZh91AY&SY', 'a bzip2 archive'],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9\n', 'a Git LFS pointer'],
  ['/annex/objects/SHA256E-s9--12.onnx\n', 'a git-annex pointer'],
  ['<!DOCTYPE html><html>', 'a web page (HTML)'],
  ['\ufeff\r\n  <html lang="en">', 'a web page (HTML)'],
  ['<!-- saved from --> <HTML>', 'a web page (HTML)'],
  ["<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code></Error>", 'an XML document'],
  ['<Error><Code>AccessDenied</Code></Error>', 'an XML document'],
  ['10\t300\nAbel_Pacheco\t1\t4', undefined],
  ['{"format": "graph-model"}', undefined],
  ['\x1c\0\0\0TFL3', undefined],
  ['', undefined],
] as const) {
  test(`${JSON.stringify(String(content).slice(0, 30))} is ${name ?? 'nothing foreign'}`, () => {
    assert.equal(foreignContentOf(Buffer.from(content))?.name, name);
  });
}

test('any bytes are answered', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void foreignContentOf(bytes)));
});
