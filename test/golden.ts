/** Finds recordings of the official LoadGen: all of them where they lie beside the project, else the few that are in it. */
import { existsSync, readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const ALL = fileURLToPath(new URL('../../../shared/golden/', import.meta.url));
const A_FEW = fileURLToPath(new URL('../../test/golden/', import.meta.url));

export const GOLDEN_FOLDER = existsSync(ALL) ? ALL : A_FEW;

/** A recording's text, or undefined once the test has been marked as skipped. */
export function readGoldenText(test: TestContext, name: string): string | undefined {
  const path = `${GOLDEN_FOLDER}${name}`;
  if (existsSync(path)) return readFileSync(path, 'utf8');
  test.skip(`the recording ${name} of the official LoadGen is not here`);
  return undefined;
}
