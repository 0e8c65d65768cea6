import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Where packages have to be installed for this package to find them, and how. */
export type InstallPlace =
  | { readonly kind: 'npm'; readonly folder: string; readonly options: readonly string[] }
  /** Not by us: by another package manager, or where npm would remove what it does not know. Packages follow the advice. */
  | { readonly kind: 'other'; readonly reason: string; readonly advice: string };

/** Package managers whose lock file says that a folder is theirs. */
const OTHERS: readonly (readonly [lockFile: string, add: string])[] = [
  ['pnpm-lock.yaml', 'pnpm add'],
  ['yarn.lock', 'yarn add'],
  ['bun.lock', 'bun add'],
  ['bun.lockb', 'bun add'],
];

/**
 * The project that this package is installed in gets its engines, too, and its package.json names them; a global
 * installation gets them globally, and a checkout beside its other development dependencies.
 *
 * @param packageRoot of this package, without symbolic links
 * @param globalFolder what `npm root --global` prints
 */
export function findInstallPlace(packageRoot: string, globalFolder: string): InstallPlace {
  const parts = packageRoot.split(sep);
  const first = parts.indexOf('node_modules');
  if (first < 0) return { kind: 'npm', folder: packageRoot, options: ['--no-save'] };
  const project = parts.slice(0, first).join(sep) || sep;
  if (join(project, 'node_modules') === globalFolder) return { kind: 'npm', folder: project, options: ['--global'] };
  if (parts.includes('_npx')) {
    const reason = "loadgen runs from npx's cache, which does not last";
    return { kind: 'other', reason, advice: 'In a folder of your own: npm install sphereface-loadgen' };
  }
  const [, add] = OTHERS.find(([lockFile]) => existsSync(join(project, lockFile))) ?? [];
  if (add !== undefined) {
    return { kind: 'other', reason: `${project} is not managed by npm`, advice: `In ${project}: ${add}` };
  }
  if (!existsSync(join(project, 'package.json'))) {
    const advice = 'With the npm that installed this package: npm install --global';
    return { kind: 'other', reason: `${project} has no package.json`, advice };
  }
  return { kind: 'npm', folder: project, options: ['--save-exact'] };
}
