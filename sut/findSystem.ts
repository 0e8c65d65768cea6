import { didYouMean } from '../base/closestName.js';
import { LoadGenError } from '../base/errors.js';
import { ENGINES } from './engines/index.js';
import { importPlugin } from './plugins/importPlugin.js';
import type { Plugin } from './plugins/plugin.js';
import { resolvePlugin } from './plugins/resolvePlugin.js';
import { type ProgramName, programNamed } from './programs/programName.js';
import { PYTHON_ENGINES } from './programs/pythonEngines.js';
import { type RemoteAddress, remoteNamed } from './remote/remoteName.js';

export const NULL_SUT = { name: 'null', description: 'answers at once with zeros: measures the harness itself' };
const OWN_SYSTEMS: readonly { readonly name: string }[] = [...ENGINES, ...PYTHON_ENGINES, NULL_SUT];

/** A system that a name asks for, imported where it is a plugin. */
export type FoundSystem =
  | {
      readonly kind: 'module';
      readonly name: string;
      /** URL of the file with the engine or the plugin. */
      readonly module: string;
      readonly plugin: Plugin | undefined;
    }
  | LocatedProgram
  | LocatedServer;

interface LocatedProgram {
  readonly kind: 'program';
  readonly program: ProgramName;
  /** Whether it comes with this project. */
  readonly isOwn: boolean;
}

interface LocatedServer {
  readonly kind: 'server';
  readonly address: RemoteAddress;
}

/**
 * Finds what a name asks for: an engine, a plugin, a program or a model on a server.
 *
 * @throws SUT_UNKNOWN, SUT_PLUGIN, SUT_PLUGIN_VERSION, SUT_SERVER if there is no such system, or it is not usable
 */
export async function findSystem(name: string): Promise<FoundSystem> {
  const located = locateSystem(name);
  if (located.kind !== 'module') return located;
  const { kind, module } = located;
  if (!located.isPlugin) return { kind, name, module, plugin: undefined };
  const plugin = await importPlugin(module);
  if (isPluginName(plugin.name)) return { kind, name: plugin.name, module, plugin };
  throw new LoadGenError('SUT_PLUGIN', `the plugin ${module} has the name of a system that there is: ${plugin.name}`);
}

type LocatedSystem =
  | { readonly kind: 'module'; readonly module: string; readonly isPlugin: boolean }
  | LocatedProgram
  | LocatedServer;

/**
 * As `findSystem`, without running anything of it.
 *
 * @throws SUT_UNKNOWN, SUT_PLUGIN, SUT_SERVER if there is no such system
 */
export function locateSystem(name: string): LocatedSystem {
  const entry = ENGINES.find((engine) => engine.name === name);
  if (entry !== undefined) return { kind: 'module', module: entry.module.href, isPlugin: false };
  const own = PYTHON_ENGINES.find((engine) => engine.name === name);
  if (own !== undefined) return { kind: 'program', program: { kind: 'python', target: own.file }, isOwn: true };
  const address = remoteNamed(name);
  if (address !== undefined) return { kind: 'server', address };
  const program = programNamed(name);
  if (program !== undefined) return { kind: 'program', program, isOwn: false };
  const module = resolvePlugin(name);
  if (module !== undefined) return { kind: 'module', module, isPlugin: true };
  const names = OWN_SYSTEMS.map((known) => known.name);
  throw new LoadGenError(
    'SUT_UNKNOWN',
    `there is no system under test "${name}", expected one of ${names.join(', ')}, or a plugin's path or package, a program as in ./engine.py, or a server as in http://HOST:PORT/v2/models/NAME${didYouMean(name, names)}`,
    { hint: '`loadgen suts` lists them with what each needs.' },
  );
}

/** Whether a name is not one of this project's own systems. */
export function isPluginName(name: string): boolean {
  return OWN_SYSTEMS.every((own) => own.name !== name);
}
