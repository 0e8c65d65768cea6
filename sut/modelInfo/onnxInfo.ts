import { z } from 'zod';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { ModelProto } from '../../onnx/onnxProto.js';
import { counted, type NetworkInfo, type TensorInfo, valuesIn } from './networkInfo.js';

/** By their numbers in the format. */
const TYPES =
  'undefined float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64 complex64 complex128 bfloat16'.split(
    ' ',
  );

const valueSchema = z.object({
  name: z.string(),
  type: z.object({
    tensorType: z.object({
      elemType: z.number(),
      shape: z.object({ dim: z.array(z.object({ dimValue: z.number().optional() })).default([]) }).optional(),
    }),
  }),
});
const modelSchema = z.object({
  graph: z.object({
    node: z.array(z.object({ opType: z.string() })),
    initializer: z.array(z.object({ name: z.string(), dims: z.array(z.number()).default([]) })).default([]),
    input: z.array(valueSchema),
    output: z.array(valueSchema),
  }),
});

/** @throws ONNX_FORMAT if the file is damaged */
export function onnxInfo(content: Uint8Array, file: string): NetworkInfo {
  const { node, initializer, input, output } = decoded(content, file).graph;
  const constants = new Set(initializer.map(({ name }) => name));
  return {
    // Files of old versions list constants as inputs, too.
    inputs: input.filter(({ name }) => !constants.has(name)).map(tensorInfo),
    outputs: output.map(tensorInfo),
    operators: counted(node.map(({ opType }) => opType)),
    parameters: valuesIn(initializer.map(({ dims }) => dims)),
  };
}

function decoded(content: Uint8Array, file: string): z.infer<typeof modelSchema> {
  try {
    return modelSchema.parse(ModelProto.toObject(ModelProto.decode(content), { longs: Number }));
  } catch (thrown) {
    const fault = thrown instanceof z.ZodError ? z.prettifyError(thrown) : messageOf(thrown);
    throw new LoadGenError('ONNX_FORMAT', `${file} is no ONNX file: ${fault}`, { cause: thrown });
  }
}

/** A size with a name, or without a value, is free. */
function tensorInfo({ name, type: { tensorType } }: z.infer<typeof valueSchema>): TensorInfo {
  const { elemType, shape } = tensorType;
  return {
    name,
    shape: shape?.dim.map(({ dimValue = -1 }) => dimValue),
    type: TYPES[elemType] ?? `type ${elemType}`,
  };
}
