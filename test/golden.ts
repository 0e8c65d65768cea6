/** Finds recordings of the official LoadGen, which lie beside the project where there are any. */
import { existsSync, readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

export const GOLDEN_FOLDER = fileURLToPath(new URL('../../../shared/golden/', import.meta.url));

/** A recording's text, or undefined once the test has been marked as skipped. */
export function readGoldenText(test: TestContext, name: string): string | undefined {
  const path = `${GOLDEN_FOLDER}${name}`;
  if (existsSync(path)) return readFileSync(path, 'utf8');
  test.skip(`no recording ${name} of the official LoadGen beside the project`);
  return undefined;
}
