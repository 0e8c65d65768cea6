import protobuf from 'protobufjs';

/**
 * Of the Open Inference Protocol's messages what is needed here, with the field numbers of its definition
 * (https://github.com/kserve/open-inference-protocol), and of its statistics those of Triton's extension.
 */
const PROTO = `
  syntax = "proto3";
  package inference;

  message Nothing {}
  message Readiness { bool ready = 1; }
  message ModelName { string name = 1; string version = 2; }
  message ServerMetadata {
    string name = 1;
    string version = 2;
    repeated string extensions = 3;
  }
  message ModelMetadata {
    message Tensor { string name = 1; string datatype = 2; repeated int64 shape = 3; }
    string name = 1;
    repeated string versions = 2;
    string platform = 3;
    repeated Tensor inputs = 4;
    repeated Tensor outputs = 5;
  }
  message Parameter { oneof choice { bool bool_param = 1; int64 int64_param = 2; string string_param = 3; } }
  message SharedRegion { string name = 1; string key = 2; uint64 offset = 3; uint64 byte_size = 4; }
  message TensorContents { repeated float fp32_contents = 6; }
  message Tensor {
    string name = 1;
    string datatype = 2;
    repeated int64 shape = 3;
    map<string, Parameter> parameters = 4;
    TensorContents contents = 5;
  }
  message RequestedOutput { string name = 1; }
  message InferRequest {
    string model_name = 1;
    string model_version = 2;
    string id = 3;
    repeated Tensor inputs = 5;
    repeated RequestedOutput outputs = 6;
    repeated bytes raw_input_contents = 7;
  }
  message InferResponse {
    string model_name = 1;
    string model_version = 2;
    string id = 3;
    repeated Tensor outputs = 5;
    repeated bytes raw_output_contents = 6;
  }
  message Duration { uint64 count = 1; uint64 ns = 2; }
  message Durations {
    Duration success = 1;
    Duration fail = 2;
    Duration queue = 3;
    Duration compute_input = 4;
    Duration compute_infer = 5;
    Duration compute_output = 6;
  }
  message ModelStatistics {
    string name = 1;
    string version = 2;
    uint64 inference_count = 4;
    uint64 execution_count = 5;
    Durations inference_stats = 6;
  }
  message Statistics { repeated ModelStatistics model_stats = 1; }
`;

const { root } = protobuf.parse(PROTO, { keepCase: true });

/** Before the bytes of `raw_input_contents`: field 7, of a length. */
const RAW_INPUT_TAG = (7 << 3) | 2;

export const MESSAGES = {
  nothing: root.lookupType('inference.Nothing'),
  readiness: root.lookupType('inference.Readiness'),
  modelName: root.lookupType('inference.ModelName'),
  serverMetadata: root.lookupType('inference.ServerMetadata'),
  modelMetadata: root.lookupType('inference.ModelMetadata'),
  inferRequest: root.lookupType('inference.InferRequest'),
  inferResponse: root.lookupType('inference.InferResponse'),
  sharedRegion: root.lookupType('inference.SharedRegion'),
  statistics: root.lookupType('inference.Statistics'),
};

export type Method =
  | 'ServerLive'
  | 'ServerReady'
  | 'ModelReady'
  | 'ServerMetadata'
  | 'ModelMetadata'
  | 'ModelStatistics'
  | 'ModelInfer'
  | SharedMemoryMethod;

/** Of an extension that only some servers have. */
export type SharedMemoryMethod = 'SystemSharedMemoryRegister' | 'SystemSharedMemoryUnregister';

export function pathOf(method: Method): string {
  return `/inference.GRPCInferenceService/${method}`;
}

export function encode(type: protobuf.Type, message: object): Buffer {
  return Buffer.from(type.encode(type.fromObject(message)).finish());
}

/** As plain data, with 64-bit numbers as numbers, and lists and fields that are left out as empty ones. */
export function decode(type: protobuf.Type, bytes: Uint8Array): unknown {
  return type.toObject(type.decode(bytes), { longs: Number, defaults: true });
}

/** A request but for the bytes of its raw input, which follow. */
export function encodeBeforeRawInput(message: object, rawBytes: number): Buffer {
  const tail = protobuf.Writer.create().uint32(RAW_INPUT_TAG).uint32(rawBytes).finish();
  return Buffer.concat([encode(MESSAGES.inferRequest, message), tail]);
}
