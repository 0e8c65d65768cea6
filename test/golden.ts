/** Finds recordings of the official LoadGen, which lie beside the project where there are any. */
import { existsSync, readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const GOLDEN_FOLDER = fileURLToPath(new URL('../../../shared/golden/', import.meta.url));

/** The parsed file, or undefined once the test has been marked as skipped. */
export function readGolden(test: TestContext, name: string): unknown {
  const path = `${GOLDEN_FOLDER}${name}`;
  if (!existsSync(path)) {
    test.skip(`no recording ${name} of the official LoadGen beside the project`);
    return undefined;
  }
  return JSON.parse(readFileSync(path, 'utf8'));
}
