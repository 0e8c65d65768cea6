import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a file that comes with this package. */
export function packageFile(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

export function packageVersion(): string {
  const content: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  // By hand, because a library for it takes longer to load than all else that the help needs.
  if (typeof content === 'object' && content !== null && 'version' in content && typeof content.version === 'string')
    return content.version;
  throw new Error('package.json of this package has no version');
}
