import assert from 'node:assert/strict';
import { test } from 'node:test';
import { privateFindings } from '../../submission/privateText.js';

const NAMES = ['zweistein', 'vm', 'root', 'lab.pc-7'];

/** What is found in a line; nothing where it may be published. */
const CASES: readonly (readonly [string, string | undefined])[] = [
  ['model from /home/ann/model.onnx, with 2 workers', '"/home/ann/model.onnx"'],
  ['"/Users/ann/x"', '"/Users/ann/x"'],
  ['--dataset /mnt/data/lfw', '"/mnt/data/lfw"'],
  ['/root/x', '"/root/x"'],
  ['C:\\Users\\ann\\x', '"C:\\Users\\ann\\x"'],
  ['{"value": "D:\\\\lfw"}', '"D:\\\\lfw"'],
  ['file:///home/ann/x', '"file:///home/ann/x"'],
  ['PATH=/usr/bin:/home/ann/bin', '"/home/ann/bin"'],
  ['path:/home/ann/x', '"/home/ann/x"'],
  ['C:/Users/ann', '"C:/Users/ann"'],
  ['\\\\server\\ann', '"\\\\server\\ann"'],
  ['--dataset ~/lfw', '"~/lfw"'],
  ...['data', 'scratch', 'Volumes', 'nfs', 'net', 'export/home', 'storage'].map((root): [string, string] => [
    `in /${root}/ann`,
    `"/${root}/ann"`,
  ]),
  ['N/A, 3/data/4, https://example.org:80/data/x, http://data/x, ~/', undefined],
  ['02:fc:00:00:00:01', '"02:fc:00:00:00:01"'],
  ['on Zweistein', '"Zweistein"'],
  ['on lab.pc-7 too', '"lab.pc-7"'],
  ['on labXpc-7', undefined],
  ['einzweistein', undefined],
  ['a vm, and root mean square', undefined],
  ['2026-11-25T03:46:47Z', undefined],
  ['samples/second, read/write, 1/2, https://example.org/home/x', undefined],
  ['TEST01/performance/run_1/mlperf_log_detail.txt', undefined],
  ['AVX2, AVX-512, on a processor', undefined],
];

for (const [line, expected] of CASES) {
  test(`${expected === undefined ? 'may be published' : 'may not'}: ${line}`, () => {
    const findings = privateFindings('log.txt', `first line\n${line}\n`, NAMES);
    assert.deepEqual(
      findings.map(({ file, line: number, found }) => [file, number, found]),
      expected === undefined ? [] : [['log.txt', 2, expected]],
    );
  });
}
