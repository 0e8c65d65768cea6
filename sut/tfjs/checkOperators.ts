import { z } from 'zod';
import { type ModelJson, modelRefusedError } from './modelJson.js';

/** Attributes whose numbers say how far apart or how large something is, and the least that they may be. */
const LEAST_OF_ATTRIBUTE = { strides: 1, dilations: 1, ksize: 1, explicit_paddings: 0 } as const;
const PADDING_OPERATORS: readonly string[] = ['Pad', 'PadV2', 'MirrorPad'];

/** 64-bit integers are texts in Protocol Buffers' JSON. */
const numbersSchema = z.object({ list: z.object({ i: z.array(z.unknown().transform(Number)) }) });
const attributesSchema = z.looseObject({}).catch({});

export interface OperatorLimits {
  /** Nothing in a network for images is larger, in pixels, than an image. */
  readonly longestSide: number;
  /** The values of a constant of the graph; undefined if it is none. */
  readonly constantOf: (name: string) => ArrayLike<number> | undefined;
  /** Stands in messages. */
  readonly model: string;
}

/**
 * Refuses what TensorFlow.js would fill memory with, or compute for minutes: strides, windows and paddings that are no
 * whole numbers or larger than the images.
 *
 * @throws TFJS_MODEL_REFUSED
 */
export function checkOperators({ node }: ModelJson['modelTopology'], limits: OperatorLimits): void {
  for (const { name, op, attr, input = [] } of node) {
    const where = `node ${name} (${op}) of ${limits.model}`;
    const attributes = attributesSchema.parse(attr);
    for (const [key, least] of Object.entries(LEAST_OF_ATTRIBUTE)) {
      const { data } = numbersSchema.safeParse(attributes[key]);
      checkNumbers(`${where} has ${key}`, data?.list.i ?? [], least, limits.longestSide);
    }
    if (!PADDING_OPERATORS.includes(op)) continue;
    const paddings = Array.from(limits.constantOf(input[1] ?? '') ?? []);
    checkNumbers(`${where} has paddings`, paddings, 0, limits.longestSide);
    checkPaddings(where, paddings, limits.longestSide);
  }
}

function checkNumbers(what: string, found: readonly number[], least: number, most: number): void {
  if (found.every((number) => Number.isInteger(number) && number >= least && number <= most)) return;
  throw modelRefusedError(`${what} ${listed(found)}, expected whole numbers from ${least} to ${most}`);
}

/** Before and after, for each dimension; the first is that of images. */
function checkPaddings(where: string, paddings: readonly number[], most: number): void {
  const [before = 0, after = 0] = paddings;
  const sum = paddings.reduce((total, padding) => total + padding, 0);
  if (before + after === 0 && sum <= most) return;
  const expected = `expected 0,0 for the first dimension and ${most} in all at most`;
  throw modelRefusedError(`${where} has paddings ${listed(paddings)}, ${expected}`);
}

function listed(numbers: readonly number[]): string {
  return numbers.length > 16 ? `${numbers.slice(0, 16).join()},...` : numbers.join();
}
