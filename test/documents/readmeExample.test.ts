/** What the README shows as a program of the reader's runs as printed, and is VALID. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startNode } from '../cli/loadgen.js';
import { ROOT, readDocument } from './markdown.js';

const EXAMPLE = /^```ts\n(.*?)^```/ms.exec(readDocument('README.md'))?.[1] ?? '';

for (const [speed, answer] of [
  ['at once', 'return new Uint8Array(8);'],
  ['after 2 ms', 'const endMs = performance.now() + 2; while (performance.now() < endMs); return new Uint8Array(8);'],
] as const) {
  test(`the README's library example is VALID with a system that answers ${speed}`, async (t) => {
    const outdir = mkdtempSync(join(tmpdir(), 'readme-'));
    t.after(() => rmSync(outdir, { recursive: true }));
    const program = [
      // In the package's root it imports the package by its own name, and there "logs" is a folder of the sources.
      EXAMPLE.replace("outdir: 'logs'", `outdir: ${JSON.stringify(outdir)}`),
      `function answer() { ${answer} }`,
      'console.log(result.state, result.performance?.valid);',
    ].join('\n');
    const { stdout, stderr } = await startNode(['--input-type=module', '--eval', program], { cwd: ROOT }).ended;
    assert.equal(stdout, 'completed true\n', stderr);
    assert.ok(readdirSync(outdir).includes('mlperf_log_summary.txt'));
  });
}
