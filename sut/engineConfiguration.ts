import { createHash } from 'node:crypto';
import {
  type EngineFacts,
  engineOnlyConfiguration,
  modelConfiguration,
  type SystemConfiguration,
} from './closableSystemUnderTest.js';
import type { EngineModel } from './engine.js';

/** The part of a system's configuration that depends on its engine and model. */
export function engineConfiguration(engine: EngineFacts, model: EngineModel): SystemConfiguration {
  const hash = createHash('sha256');
  for (const { content } of model.files) hash.update(content);
  return { ...engineOnlyConfiguration(engine), ...modelConfiguration(model, hash.digest('hex')) };
}
