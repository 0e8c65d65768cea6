import type { NetworkShape, PairInputs } from '../../base/pairLayout.js';
import type { ClosableSystemUnderTest } from '../closableSystemUnderTest.js';
import type { EngineModule, Precision } from '../engine.js';
import type { Placement } from '../placement.js';

/**
 * Of what plugins export, and of all interfaces they meet. It grows by one when a plugin written for the version before
 * would no longer work. Plugins write the number down instead of importing this: it says what they were written for.
 */
export const INTERFACE_VERSION = 1;

export interface PluginFacts {
  readonly interfaceVersion: typeof INTERFACE_VERSION;
  /**
   * Stands in reports, and in the names of folders: up to 64 letters, digits, dots, hyphens and underscores, and not the
   * name of a system that comes with this project.
   */
  readonly name: string;
}

/** The default export of a plugin with an engine: it runs in the issuing thread and in worker threads as ours do. */
export interface EnginePlugin extends PluginFacts, EngineModule {
  readonly kind: 'engine';
}

/** The default export of a plugin that answers queries by itself. */
export interface SystemUnderTestPlugin extends PluginFacts {
  readonly kind: 'systemUnderTest';
  /** Called for each test of a run, and once before with inputs that hold no sample, to find faults early. */
  createSystemUnderTest(options: SystemUnderTestPluginOptions): Promise<ClosableSystemUnderTest>;
}

export interface SystemUnderTestPluginOptions {
  readonly inputs: PairInputs;
  /** The network whose inputs these are; a response holds `embeddingValues` float32 for each of a sample's four images. */
  readonly network: NetworkShape;
  /** What the user asks for with `--model`: a path. Refuse what you cannot do by throwing. */
  readonly modelFile: string | undefined;
  /** What the user asks for with `--precision`. */
  readonly precision: Precision | undefined;
  /** What the user asks for with `--workers`, `--threads` and `--batch`, or the scenario's default: a wish. */
  readonly placement: Placement;
}

export type Plugin = EnginePlugin | SystemUnderTestPlugin;

/** Returns the plugin as it is: editors then know its type, complete its members and check them. */
export function defineEngine(plugin: EnginePlugin): EnginePlugin {
  return plugin;
}

/** Returns the plugin as it is: editors then know its type, complete its members and check them. */
export function defineSystemUnderTest(plugin: SystemUnderTestPlugin): SystemUnderTestPlugin {
  return plugin;
}
