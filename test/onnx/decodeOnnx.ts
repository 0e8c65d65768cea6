import { z } from 'zod';
import { ModelProto } from '../../onnx/onnxProto.js';

const value = z.object({ name: z.string(), type: z.unknown() });

const schema = z.object({
  irVersion: z.number(),
  opsetImport: z.unknown(),
  docString: z.string(),
  graph: z.object({
    name: z.string(),
    input: z.array(value).optional(),
    output: z.array(value).optional(),
    node: z
      .array(
        z.object({
          name: z.string(),
          opType: z.string(),
          input: z.array(z.string()),
          output: z.array(z.string()),
          attribute: z.array(z.record(z.string(), z.unknown())).optional(),
        }),
      )
      .optional(),
    initializer: z
      .array(
        z.object({
          name: z.string(),
          dims: z.array(z.number()).optional(),
          dataType: z.number(),
          rawData: z.instanceof(Uint8Array),
        }),
      )
      .optional(),
  }),
});

/** What an ONNX file holds, as plain objects; empty lists are left out. */
export function decodeOnnx(content: Uint8Array): z.infer<typeof schema> {
  return schema.parse(ModelProto.toObject(ModelProto.decode(Buffer.from(content)), { longs: Number, enums: String }));
}
