import { LoadGenError, messageOf } from '../base/errors.js';
import { packageFolder, versionIn } from '../platform/node/packages.js';

/**
 * The folder and version of a package that an engine needs.
 *
 * @throws SUT_NOT_INSTALLED if it cannot be found
 */
export function findOptionalPackage(name: string, engine: string): { folder: string; version: string } {
  try {
    const folder = packageFolder(name);
    return { folder, version: versionIn(folder) };
  } catch (thrown) {
    throw notInstalled(name, engine, thrown);
  }
}

/**
 * Imports a package that an engine needs.
 *
 * @param load `() => import(name)`, so that the module has its type
 * @throws SUT_NOT_INSTALLED if it does not load
 */
export async function importOptional<Module>(
  name: string,
  engine: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (thrown) {
    throw notInstalled(name, engine, thrown);
  }
}

export function notInstalled(name: string, engine: string, cause: unknown): LoadGenError {
  const [reason = ''] = messageOf(cause).split('\n');
  const message = isMissing(name, cause) ? 'is not installed' : `does not load: ${reason}`;
  return new LoadGenError('SUT_NOT_INSTALLED', `the package ${name} ${message}`, {
    hint: `"loadgen suts --install ${engine}" installs it.`,
    cause,
  });
}

/** Whether Node.js did not find the package itself: what it needs may be missing, too. */
function isMissing(name: string, cause: unknown): boolean {
  if (!(cause instanceof Error && 'code' in cause)) return false;
  return /MODULE_NOT_FOUND$/.test(String(cause.code)) && cause.message.includes(`'${name}`);
}
