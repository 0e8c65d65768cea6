import { createRequire, isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LoadGenError, messageOf } from '../../base/errors.js';

/**
 * The URL of the plugin that a user names: by a path (whatever holds a slash or ends like a JavaScript file), or as a
 * package, which is looked for from the current folder, then from this project's. `undefined` where it is neither.
 * Throws `SUT_PLUGIN` where it is clearly meant to be a plugin and is not there.
 */
export function resolvePlugin(name: string, folder = process.cwd()): URL | undefined {
  if (isPath(name)) return resolved(resolve(folder, name), [join(folder, 'noop.js')], name);
  if (name === '' || isBuiltin(name)) return undefined;
  return resolved(name, [join(folder, 'noop.js'), import.meta.url], name);
}

function isPath(name: string): boolean {
  return (!name.startsWith('@') && /[/\\]/.test(name)) || /\.[cm]?js$/.test(name);
}

/** From the first of the places that know `specifier`. */
function resolved(specifier: string, places: readonly string[], name: string): URL | undefined {
  for (const place of places) {
    try {
      return pathToFileURL(createRequire(place).resolve(specifier));
    } catch (cause) {
      if (isNotFound(cause, specifier)) continue;
      throw new LoadGenError('SUT_PLUGIN', `the plugin ${name} cannot be resolved: ${messageOf(cause)}`, {
        hint: 'The "exports" of its package.json need a path for ".", as a string or under "default".',
        cause,
      });
    }
  }
  if (isPath(name)) throw new LoadGenError('SUT_PLUGIN', `there is no plugin at ${specifier}`);
  if (name.startsWith('@')) {
    throw new LoadGenError('SUT_PLUGIN', `there is no package ${name} to be found from the current folder`, {
      hint: `Install it there: npm install ${name}`,
    });
  }
  return undefined;
}

function isNotFound(error: unknown, specifier: string): boolean {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
  // Else the package is there, and the file is not that its package.json names.
  return isMissing && error.message.includes(`'${specifier}'`);
}
