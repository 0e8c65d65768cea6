import { z } from 'zod';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { decodeJson } from '../../base/text.js';
import type { Layer } from './network.js';

/** By layer the range of its output that 8 bits are spread over. */
export type ActivationRanges = ReadonlyMap<string, ActivationRange>;

/** low <= 0 <= high, and low < high. */
type ActivationRange = readonly [low: number, high: number];

const fileSchema = z.strictObject({
  /** Of the safetensors file that the ranges were measured with. */
  weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  method: z.string(),
  ranges: z.record(
    z.string(),
    z.tuple([z.number().nonpositive(), z.number().nonnegative()]).refine(([low, high]) => low < high, 'an empty range'),
  ),
});

/**
 * The content of an activationRanges.json, with a range for each layer of `network`. `file` stands in errors.
 *
 * @throws MODEL_RANGES if the file is damaged or lacks a range
 */
export function parseActivationRanges(
  content: Uint8Array,
  file: string,
  network: readonly Layer[],
): { weightsSha256: string; ranges: ActivationRanges } {
  const { weightsSha256, ranges } = checkedFile(content, file);
  const missing = network.map(({ name }) => name).filter((name) => !Object.hasOwn(ranges, name));
  if (missing.length > 0) throw new LoadGenError('MODEL_RANGES', `${file} has no range for ${missing.join(', ')}`);
  return { weightsSha256, ranges: new Map(Object.entries(ranges)) };
}

function checkedFile(content: Uint8Array, file: string): z.infer<typeof fileSchema> {
  let parsed: unknown;
  try {
    parsed = decodeJson(new TextDecoder().decode(content));
  } catch (thrown) {
    throw new LoadGenError('MODEL_RANGES', `${file} is not JSON: ${messageOf(thrown)}`, { cause: thrown });
  }
  const checked = fileSchema.safeParse(parsed);
  if (checked.success) return checked.data;
  throw new LoadGenError('MODEL_RANGES', `${file} holds no activation ranges:\n${z.prettifyError(checked.error)}`);
}
