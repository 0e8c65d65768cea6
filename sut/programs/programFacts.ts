import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { schemaFaults } from '../../base/text.js';
import { PRECISIONS, type Precision } from '../engine.js';
import { MODEL_FORMATS, type ModelFormat } from '../modelFormats.js';
import { aName, aText } from '../plugins/checkPlugin.js';
import type { Targets } from '../targets.js';
import type { Facts } from './programDialogue.js';

/** What a program says of itself before it has a model. */
export interface ProgramDescription extends Targets {
  readonly name: string;
  /** None if it brings its own model. */
  readonly formats: readonly ModelFormat[];
  readonly precisions: readonly [Precision, ...Precision[]];
}

const words = z.string().transform((text) => text.split(' ').filter((word) => word !== ''));
const names = words.pipe(z.array(aText).nonempty('names none'));
const description = z.object({
  name: aName,
  formats: words.pipe(z.array(z.enum(MODEL_FORMATS))),
  precisions: words.pipe(z.tuple([z.enum(PRECISIONS)], z.enum(PRECISIONS))),
  devices: names.optional(),
  providers: names.optional(),
});
const loaded = z.object({ version: aText, instructions: aText, device: aText.optional(), provider: aText.optional() });

/** @throws SUT_PLUGIN with all faults at once */
export function parseDescription(facts: Facts, where: string): ProgramDescription {
  return parse(description, facts, where);
}

/** @throws SUT_PLUGIN with all faults at once */
export function parseLoaded(facts: Facts, where: string): z.infer<typeof loaded> {
  return parse(loaded, facts, where);
}

function parse<Members>(schema: z.ZodType<Members>, facts: Facts, where: string): Members {
  const { data, error } = schema.safeParse(Object.fromEntries(facts));
  if (error === undefined) return data;
  const faults = schemaFaults(error);
  throw new LoadGenError('SUT_PLUGIN', `what ${where} says of itself is not as expected:\n  ${faults.join('\n  ')}`);
}
