import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'reports-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a log into a new folder of its own, and gives both paths. */
export function writeLog(name: string, text: string): { logDir: string; file: string } {
  const logDir = mkdtempSync(join(folder, 'run-'));
  const file = join(logDir, name);
  writeFileSync(file, text);
  return { logDir, file };
}
