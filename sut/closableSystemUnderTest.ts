import type { SystemUnderTest } from '../loadgen/systemUnderTest.js';
import type { Engine, EngineModel } from './engine.js';

export interface ClosableSystemUnderTest extends SystemUnderTest {
  readonly configuration: SystemConfiguration;
  /**
   * Ends workers, connections and timers, and frees memory. Samples not yet answered never will be: their run is told so
   * by `QueryResponder.fail`. May be called twice.
   */
  close(): void | Promise<void>;
}

/** What logs and reports say of a system, by property: engine, version, model, workers, ... */
export type SystemConfiguration = Readonly<Record<string, string | number | boolean>>;

/** What can be said of an engine without running it; plain data, so that a worker can send it. */
export type EngineFacts = Omit<Engine, 'infer' | 'close'>;

export function engineFactsOf(engine: Engine): EngineFacts {
  const { name, version, precision, threads, instructionSet, inputLayout, device, provider } = engine;
  return { name, version, precision, threads, instructionSet, inputLayout, device, provider };
}

/** The part of a system's configuration that depends on its engine alone. */
export function engineOnlyConfiguration(engine: EngineFacts): SystemConfiguration {
  return {
    engine: engine.name,
    engineVersion: engine.version,
    precision: engine.precision,
    instructionSet: engine.instructionSet,
    threadsPerInference: engine.threads,
    ...(engine.device === undefined ? {} : { device: engine.device }),
    ...(engine.provider === undefined ? {} : { provider: engine.provider }),
    ...(engine.inputLayout === undefined ? {} : { inputLayout: `${engine.inputLayout}, transposed from NHWC` }),
  };
}

/** The part of a system's configuration that depends on its model. `sha256` is that of its files, one after another. */
export function modelConfiguration(
  { name, format, weightsSha256 }: Pick<EngineModel, 'name' | 'format' | 'weightsSha256'>,
  sha256: string,
): SystemConfiguration {
  return {
    model: name,
    modelFormat: format,
    modelSha256: sha256,
    ...(weightsSha256 === undefined ? {} : { weightsSha256 }),
  };
}
