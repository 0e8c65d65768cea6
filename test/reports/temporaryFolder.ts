import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from '../sharedFolder.js';

const folder = sharedFolder('reports-test');

/** Writes a log into a new folder of its own, and gives both paths. */
export function writeLog(name: string, text: string): { logDir: string; file: string } {
  const logDir = mkdtempSync(join(folder, 'run-'));
  const file = join(logDir, name);
  writeFileSync(file, text);
  return { logDir, file };
}
