import { z } from 'zod';
import { ModelProto } from './onnxProto.js';

const modelSchema = z.object({ graph: z.object({ node: z.array(z.object({ opType: z.string() })) }) });

/** The types of the operators in an ONNX file (`Conv`, ...), from its content. Throws if that is no ONNX file. */
export function operatorTypes(content: Uint8Array): ReadonlySet<string> {
  const { graph } = modelSchema.parse(ModelProto.decode(content));
  return new Set(graph.node.map(({ opType }) => opType));
}
