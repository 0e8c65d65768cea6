import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { LoadGenError, messageOf } from '../base/errors.js';

/**
 * The folder and version of an optional package.
 *
 * @throws SUT_NOT_INSTALLED if it cannot be found
 */
export function findOptionalPackage(name: string): { folder: string; version: string } {
  const require = createRequire(import.meta.url);
  const manifestFile = `${name}/package.json`;
  try {
    const manifest: unknown = require(manifestFile);
    const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
    return { folder: dirname(require.resolve(manifestFile)), version: known ? String(manifest.version) : 'unknown' };
  } catch (thrown) {
    throw notInstalled(name, thrown);
  }
}

/**
 * Imports an optional package.
 *
 * @param load `() => import(name)`, so that the module has its type
 * @throws SUT_NOT_INSTALLED if it does not load
 */
export async function importOptional<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (thrown) {
    throw notInstalled(name, thrown);
  }
}

export function notInstalled(name: string, cause: unknown): LoadGenError {
  const [reason = ''] = messageOf(cause).split('\n');
  return new LoadGenError('SUT_NOT_INSTALLED', `the package ${name} is not installed or does not load: ${reason}`, {
    hint: `It is an optional dependency: \`npm install ${name}\` gets it, or tells why it cannot.`,
    cause,
  });
}
