import { createRequire, isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve as resolveImport } from 'import-meta-resolve';
import { LoadGenError, messageOf } from '../../base/errors.js';

/**
 * Finds the plugin that a user names: by a path (whatever holds a slash or ends like a JavaScript file), or as a package,
 * which is looked for from `folder`, then from this project's. Returns its URL, `undefined` if there is no such package.
 *
 * @throws `SUT_PLUGIN` if the name is clearly that of a plugin, and there is none or it cannot be resolved
 */
export function resolvePlugin(name: string, folder = process.cwd()): string | undefined {
  if (isPath(name)) return resolvePath(resolve(folder, name), name);
  if (name === '' || isBuiltin(name)) return undefined;
  const found =
    resolvePackage(name, pathToFileURL(join(folder, 'noop.js')).href) ?? resolvePackage(name, import.meta.url);
  if (found !== undefined || !name.startsWith('@')) return found;
  throw new LoadGenError('SUT_PLUGIN', `there is no package ${name} to be found from the current folder`, {
    hint: `Install it there: npm install ${name}`,
  });
}

function isPath(name: string): boolean {
  return (!name.startsWith('@') && /[/\\]/.test(name)) || /\.[cm]?js$/.test(name);
}

function resolvePath(path: string, name: string): string {
  try {
    return pathToFileURL(createRequire(path).resolve(path)).href;
  } catch (thrown) {
    if (isCode(thrown, 'MODULE_NOT_FOUND')) throw new LoadGenError('SUT_PLUGIN', `there is no plugin at ${path}`);
    throw unresolvedError(name, thrown);
  }
}

/** As `import` would resolve it in the file `importer`, so that packages with ES modules alone are found. */
function resolvePackage(name: string, importer: string): string | undefined {
  try {
    return resolveImport(name, importer);
  } catch (thrown) {
    const isMissing = isCode(thrown, 'ERR_MODULE_NOT_FOUND') && messageOf(thrown).includes(`package '${name}'`);
    if (isMissing || isCode(thrown, 'ERR_INVALID_MODULE_SPECIFIER')) return undefined;
    throw unresolvedError(name, thrown);
  }
}

function unresolvedError(name: string, cause: unknown): LoadGenError {
  return new LoadGenError('SUT_PLUGIN', `the plugin ${name} cannot be resolved: ${messageOf(cause)}`, {
    hint: 'The "exports" of its package.json need a path for ".", as a string or under "import" or "default".',
    cause,
  });
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
