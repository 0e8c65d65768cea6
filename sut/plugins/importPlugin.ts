import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import { START_LIMIT_MS, withinTime } from '../timeLimits.js';
import { checkPlugin } from './checkPlugin.js';
import type { Plugin } from './plugin.js';

/** Imports a plugin and checks its default export. Throws `SUT_PLUGIN` and `SUT_PLUGIN_VERSION`. */
export async function importPlugin(module: string): Promise<Plugin> {
  const imported = await importModule(module);
  if (!('default' in imported)) {
    throw new LoadGenError('SUT_PLUGIN', `${module} has no default export, expected one that is the plugin`);
  }
  return checkPlugin(imported.default, module);
}

/**
 * Calls a function of a plugin; what it throws becomes a `SUT_PLUGIN`, unless it is a `LoadGenError` already.
 *
 * @throws SUT_PLUGIN also if the call does not end in time
 */
export async function runPlugin<Result>(name: string, what: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await withinTime(START_LIMIT_MS, call(), () => {
      const message = `the plugin ${name} did not finish ${what} within ${START_LIMIT_MS / 1000} s`;
      return new LoadGenError('SUT_PLUGIN', message);
    });
  } catch (thrown) {
    const error = loadGenErrorOf(thrown);
    if (error !== undefined) throw error;
    throw new LoadGenError('SUT_PLUGIN', `the plugin ${name} failed in ${what}: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
}

async function importModule(module: string): Promise<object> {
  try {
    const imported: object = await import(module);
    return imported;
  } catch (thrown) {
    throw new LoadGenError('SUT_PLUGIN', `${module} cannot be imported: ${messageOf(thrown)}`, { cause: thrown });
  }
}
