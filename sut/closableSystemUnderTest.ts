import { createHash } from 'node:crypto';
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

/** The part of a system's configuration that depends on its engine and model. */
export function engineConfiguration(engine: EngineFacts, model: EngineModel): SystemConfiguration {
  return { ...engineOnlyConfiguration(engine), ...modelConfiguration(model) };
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

function modelConfiguration(model: EngineModel): SystemConfiguration {
  return {
    model: model.name,
    modelFormat: model.format,
    modelSha256: digestOf(model),
    ...(model.weightsSha256 === undefined ? {} : { weightsSha256: model.weightsSha256 }),
  };
}

/** SHA-256 of the model's files, one after another. */
function digestOf({ files }: EngineModel): string {
  const hash = createHash('sha256');
  for (const { content } of files) hash.update(content);
  return hash.digest('hex');
}
