import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `npm run build` puts the packages that ship within this one. */
export const SHIPPED_PACKAGES = fileURLToPath(new URL('../../packages/', import.meta.url));

/**
 * The folder of a package: of the copy that ships, else of the one that is installed, as in a checkout that was compiled
 * and not built.
 *
 * @throws what Node.js throws if there is neither
 */
export function packageFolder(name: string): string {
  const shipped = join(SHIPPED_PACKAGES, name);
  if (existsSync(join(shipped, 'package.json'))) return shipped;
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}
