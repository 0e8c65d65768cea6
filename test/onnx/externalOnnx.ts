import protobuf from 'protobufjs';
import { ModelProto } from '../../onnx/onnxProto.js';

const EXTERNAL = 1;
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Entry { string key = 1; string value = 2; }
  message Tensor { repeated Entry externalData = 13; int32 dataLocation = 14; }
`);
const Tensor = root.lookupType('Tensor');

/**
 * Of an ONNX file the same with its constants' values in one other file, as exporters write large models.
 *
 * @param leastBytes of the constants that go there
 */
export function externalOnnx(
  content: Uint8Array,
  location: string,
  change: (entries: Record<string, string>) => Record<string, string> = (entries) => entries,
  leastBytes = 0,
): { readonly model: Uint8Array; readonly data: Uint8Array } {
  const data: Uint8Array[] = [];
  let offset = 0;
  const decoded = ModelProto.toObject(ModelProto.decode(Buffer.from(content)));
  const graph = { ...decoded.graph, initializer: [] };
  const tensors = decoded.graph.initializer.map(({ rawData, ...tensor }: { rawData: Uint8Array }) => {
    if (rawData.length < leastBytes) return encodeTensor({ ...tensor, rawData });
    const entries = change({ location, offset: String(offset), length: String(rawData.length) });
    data.push(rawData);
    offset += rawData.length;
    return concat(encodeTensor(tensor), externalFields(entries));
  });
  // The graph's field 5, and the model's field 7: a message that comes twice is merged.
  const fields = tensors.map((tensor: Uint8Array) => field(5, tensor));
  const withoutTensors = ModelProto.encode({ ...decoded, graph }).finish();
  return { model: concat(withoutTensors, field(7, concat(...fields))), data: concat(...data) };
}

function encodeTensor(tensor: object): Uint8Array {
  return ModelProto.root.lookupType('onnx.TensorProto').encode(tensor).finish();
}

function externalFields(entries: Record<string, string>): Uint8Array {
  const externalData = Object.entries(entries).map(([key, value]) => ({ key, value }));
  return Tensor.encode({ externalData, dataLocation: EXTERNAL }).finish();
}

function field(number: number, content: Uint8Array): Uint8Array {
  return protobuf.Writer.create()
    .uint32((number << 3) | 2)
    .bytes(content)
    .finish();
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
