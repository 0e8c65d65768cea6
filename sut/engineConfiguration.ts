import { createHash } from 'node:crypto';
import type { Engine, EngineModel } from './engine.js';

/** What can be said of an engine without running it; plain data, so that a worker can send it. */
export type EngineFacts = Pick<Engine, 'name' | 'version' | 'precision' | 'threads' | 'instructionSet'>;

export function engineFactsOf({ name, version, precision, threads, instructionSet }: Engine): EngineFacts {
  return { name, version, precision, threads, instructionSet };
}

/** The part of a system's configuration that its engine and model give. */
export function engineConfiguration(engine: EngineFacts, model: EngineModel): Record<string, string | number> {
  return {
    engine: engine.name,
    engineVersion: engine.version,
    precision: engine.precision,
    instructionSet: engine.instructionSet,
    threadsPerInference: engine.threads,
    model: model.name,
    modelFormat: model.format,
    modelSha256: digestOf(model),
    ...(model.weightsSha256 === undefined ? {} : { weightsSha256: model.weightsSha256 }),
  };
}

/** Of the model's files, one after another. */
function digestOf({ files }: EngineModel): string {
  const hash = createHash('sha256');
  for (const { content } of files) hash.update(content);
  return hash.digest('hex');
}
