/** Folders laid out as the kernel lays out its own. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sharedFolder } from '../../../sharedFolder.js';

const folder = sharedFolder('machine');

/** @param files their contents, by path */
export function rootWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(folder, 'root-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
