/** Where packages lie: this one, those that ship within it, and those that are installed. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a file that comes with this package. */
export function packageFile(name: string): string {
  return fileURLToPath(new URL(`../../../${name}`, import.meta.url));
}

/** Of this package. */
export function packageVersion(): string {
  return versionIn(packageFile(''));
}

/** Where `npm run build` puts the packages that ship within this one. */
export const SHIPPED_PACKAGES = packageFile('dist/packages/');

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

/** Of the package in a folder. */
export function versionIn(folder: string): string {
  const content: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  // By hand, because a library for it takes longer to load than all else that the help needs.
  if (typeof content === 'object' && content !== null && 'version' in content && typeof content.version === 'string')
    return content.version;
  throw new Error(`found no version in ${join(folder, 'package.json')}`);
}
