import { z } from 'zod';
import type { IdentifyingFacts } from './checks/identity.js';
import { type ModelRules, rulesOf } from './rules.js';

/** The keys of measurements.json, each with a value. */
export const measurementsSchema = z.object({
  input_data_types: z.string(),
  retraining: z.string(),
  starting_weights_filename: z.string(),
  weight_data_types: z.string(),
  weight_transformations: z.string(),
});

export type Measurements = z.infer<typeof measurementsSchema>;

export function measurementsOf(network: string, facts: IdentifyingFacts): Measurements {
  const rules = rulesOf(network);
  const isOurs = rules !== undefined && isModelOf(rules, facts);
  const precision = facts.precision ?? 'not stated by the system under test';
  const format = facts.modelFormat === undefined ? '' : `written as ${facts.modelFormat}`;
  const rounding = ['fp32', undefined].includes(facts.precision)
    ? ''
    : `rounded to ${precision} by the engine's loader`;
  return {
    // Faces are handed over as float32, whatever an engine computes in.
    input_data_types: 'fp32',
    retraining: 'No',
    starting_weights_filename: isOurs ? rules.startingWeights : (facts.model ?? 'not stated by the system under test'),
    weight_data_types: precision,
    weight_transformations: [format, rounding].filter((text) => text !== '').join(', ') || 'none',
  };
}

function isModelOf(rules: ModelRules, facts: IdentifyingFacts): boolean {
  return rules.weightsSha256 === undefined
    ? rules.modelSha256 === facts.modelSha256
    : rules.weightsSha256 === facts.weightsSha256;
}
