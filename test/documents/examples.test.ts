import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startNode } from '../cli/loadgen.js';
import { ROOT, readDocument } from './markdown.js';

const EXAMPLES = readdirSync(join(ROOT, 'examples/library'));
const LOGS = ['accuracy.json', 'detail.txt', 'latencies_ns.bin', 'summary.txt', 'trace.json'];

for (const name of EXAMPLES) {
  test(`examples/library/${name} prints what the index shows, but for the figures, and leaves logs`, async (t) => {
    const cwd = mkdtempSync(join(tmpdir(), 'example-'));
    t.after(() => rmSync(cwd, { recursive: true }));
    const { stdout, stderr } = await startNode([join(ROOT, 'examples/library', name), 'logs'], { cwd }).ended;
    assert.equal(withoutFigures(stdout), withoutFigures(shownOutput(name)), stderr);
    assert.deepEqual(
      readdirSync(join(cwd, 'logs')),
      LOGS.map((log) => `mlperf_log_${log}`),
    );
  });
}

/** What stands in the index below the command. */
function shownOutput(name: string): string {
  return readDocument('examples/README.md').split(`$ node examples/library/${name} logs\n`)[1]?.split('```')[0] ?? '';
}

function withoutFigures(text: string): string {
  return text.replaceAll(/\d+(\.\d+)?/g, '#');
}
