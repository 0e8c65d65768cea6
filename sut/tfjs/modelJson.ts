import { z } from 'zod';
import { concatBytes } from '../../base/arrays.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { decodeJson } from '../../base/text.js';

const BYTES_PER_VALUE = { float32: 4, int32: 4, bool: 1, float16: 2, uint16: 2, uint8: 1 } as const;
const MAX_FILES = 1000;

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()).max(8),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'uint16', 'float16']),
      scale: z.number().exactOptional(),
      min: z.number().exactOptional(),
    })
    .exactOptional(),
});

const modelJsonSchema = z.object({
  format: z.literal('graph-model'),
  modelTopology: z.looseObject({
    node: z
      .array(z.looseObject({ name: z.string(), op: z.string(), input: z.array(z.string()).exactOptional() }))
      .min(1),
    versions: z.looseObject({}),
  }),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string().refine(isPlainName, 'expected the name of a file in the same folder')),
      weights: z.array(weightSchema),
    }),
  ),
  signature: z.looseObject({}).exactOptional(),
});

/** The `model.json` of a TensorFlow.js graph model, checked. */
export type ModelJson = z.infer<typeof modelJsonSchema>;

/** @throws TFJS_MODEL_REFUSED if `content` is no graph model; `file` stands in the message */
export function parseModelJson(content: Uint8Array, file: string): ModelJson {
  let found: unknown;
  try {
    found = decodeJson(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (thrown) {
    throw modelRefusedError(`${file} is not JSON: ${messageOf(thrown)}`, thrown);
  }
  const checked = modelJsonSchema.safeParse(found);
  if (!checked.success) {
    throw modelRefusedError(`${file} is no TensorFlow.js graph model:\n${z.prettifyError(checked.error)}`);
  }
  checkInputs(checked.data, file);
  const fileCount = weightFileNames(checked.data).length;
  if (fileCount > MAX_FILES) {
    throw modelRefusedError(`${file} names ${fileCount} files with weights, expected at most ${MAX_FILES}`);
  }
  return checked.data;
}

/** The files that a model's weights are in, all of them in the folder of its `model.json`. */
export function weightFileNames({ weightsManifest }: ModelJson): string[] {
  return weightsManifest.flatMap(({ paths }) => paths);
}

/**
 * All weights, one after another, from the files that `weightFileNames` names, in that order. `file` stands in errors.
 *
 * @throws TFJS_MODEL_REFUSED if they are not as long as `weightsManifest` says
 */
export function joinWeights(
  weightsManifest: ModelJson['weightsManifest'],
  contents: readonly Uint8Array[],
  file: string,
): ArrayBuffer {
  let first = 0;
  for (const { paths, weights } of weightsManifest) {
    const parts = contents.slice(first, first + paths.length);
    first += paths.length;
    const found = parts.reduce((sum, part) => sum + part.length, 0);
    const expected = weights.reduce((sum, weight) => sum + bytesOf(weight), 0);
    if (found !== expected || parts.length !== paths.length) {
      throw modelRefusedError(`${file}: ${paths.join(', ')} hold ${found} bytes of weights, expected ${expected}`);
    }
  }
  return concatBytes(contents).buffer;
}

export function modelRefusedError(message: string, cause?: unknown): LoadGenError {
  return new LoadGenError('TFJS_MODEL_REFUSED', message, {
    hint: 'Expected is the model.json of a graph model, as `tensorflowjs_converter --output_format=tfjs_graph_model` writes it, with the files of its weights beside it.',
    cause,
  });
}

function bytesOf({ shape, dtype, quantization }: z.infer<typeof weightSchema>): number {
  return shape.reduce((product, length) => product * length, BYTES_PER_VALUE[quantization?.dtype ?? dtype]);
}

/** TensorFlow.js itself would fail with a TypeError. An input is NAME, NAME:OUTPUT or ^NAME. */
function checkInputs({ modelTopology }: ModelJson, file: string): void {
  const names = new Set(modelTopology.node.map(({ name }) => name));
  for (const { name, input = [] } of modelTopology.node) {
    const missing = input.find((source) => !names.has(source.replace(/^\^/, '').replace(/:.*$/, '')));
    if (missing !== undefined)
      throw modelRefusedError(`node ${name} of ${file} takes ${missing}, which is not in the graph`);
  }
}

/** A path that leads out of the folder, or to any file but one in it, is refused. */
function isPlainName(path: string): boolean {
  return path !== '' && path !== '.' && path !== '..' && !/[/\\:]/.test(path);
}
