import { createHash } from 'node:crypto';
import type { Engine, EngineModel } from './engine.js';

/** What can be said of an engine without running it; plain data, so that a worker can send it. */
export type EngineFacts = Pick<Engine, 'name' | 'version' | 'threads' | 'instructionSet'>;

/** The part of a system's configuration that its engine and model give. */
export function engineConfiguration(engine: EngineFacts, model: EngineModel): Record<string, string | number> {
  return {
    engine: engine.name,
    engineVersion: engine.version,
    instructionSet: engine.instructionSet,
    threadsPerInference: engine.threads,
    model: model.name,
    modelTfliteSha256: createHash('sha256').update(model.tflite).digest('hex'),
  };
}
