import { z } from 'zod';
import { type ModelJson, parseModelJson } from '../tfjs/modelJson.js';
import { counted, type NetworkInfo, type TensorInfo, valuesIn } from './networkInfo.js';

const size = z.union([z.string(), z.number()]).transform(Number);
const tensorSchema = z.object({
  name: z.string(),
  dtype: z.string().optional(),
  tensorShape: z.object({ dim: z.array(z.object({ size })) }).optional(),
});
const signatureSchema = z.object({
  inputs: z.record(z.string(), tensorSchema).default({}),
  outputs: z.record(z.string(), tensorSchema).default({}),
});

const TYPES: Readonly<Record<string, string>> = { DT_FLOAT: 'float32', DT_INT32: 'int32', DT_BOOL: 'bool' };

/**
 * Inputs and outputs are those of the signature.
 *
 * @throws TFJS_MODEL_REFUSED if the file is no graph model
 */
export function tfjsInfo(content: Uint8Array, file: string): NetworkInfo {
  const modelJson = parseModelJson(content, file);
  const operators = modelJson.modelTopology.node.map(({ op }) => op).filter((op) => op !== 'Const');
  const shapes = modelJson.weightsManifest.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  return { ...signatureOf(modelJson), operators: counted(operators), parameters: valuesIn(shapes) };
}

function signatureOf({ signature }: ModelJson): Pick<NetworkInfo, 'inputs' | 'outputs'> {
  const checked = signatureSchema.safeParse(signature ?? {});
  if (!checked.success) return { inputs: [], outputs: [] };
  const { inputs, outputs } = checked.data;
  return { inputs: Object.values(inputs).map(tensorInfo), outputs: Object.values(outputs).map(tensorInfo) };
}

function tensorInfo({ name, dtype = 'unknown', tensorShape }: z.infer<typeof tensorSchema>): TensorInfo {
  return { name, shape: tensorShape?.dim.map((dimension) => dimension.size), type: TYPES[dtype] ?? dtype };
}
