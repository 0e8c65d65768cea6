import protobuf from 'protobufjs';
import { z } from 'zod';

/**
 * Of ONNX's messages what a plain network needs, with the field numbers of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Fields that are not listed are skipped in reading.
 */
const PROTO = `
  syntax = "proto2";
  package onnx;

  message ModelProto {
    optional int64 ir_version = 1;
    repeated OperatorSetIdProto opset_import = 8;
    optional string producer_name = 2;
    optional string doc_string = 6;
    optional GraphProto graph = 7;
  }
  message OperatorSetIdProto {
    optional string domain = 1;
    optional int64 version = 2;
  }
  message GraphProto {
    repeated NodeProto node = 1;
    optional string name = 2;
    repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11;
    repeated ValueInfoProto output = 12;
  }
  message NodeProto {
    repeated string input = 1;
    repeated string output = 2;
    optional string name = 3;
    optional string op_type = 4;
    repeated AttributeProto attribute = 5;
  }
  message AttributeProto {
    enum AttributeType {
      UNDEFINED = 0;
      FLOAT = 1;
      INT = 2;
      INTS = 7;
    }
    optional string name = 1;
    optional float f = 2;
    optional int64 i = 3;
    repeated int64 ints = 8;
    optional AttributeType type = 20;
  }
  message TensorProto {
    enum DataType {
      UNDEFINED = 0;
      FLOAT = 1;
      UINT8 = 2;
      INT8 = 3;
      INT32 = 6;
    }
    repeated int64 dims = 1;
    optional int32 data_type = 2;
    optional string name = 8;
    optional bytes raw_data = 9;
  }
  message ValueInfoProto {
    optional string name = 1;
    optional TypeProto type = 2;
  }
  message TypeProto {
    message Tensor {
      optional int32 elem_type = 1;
      optional TensorShapeProto shape = 2;
    }
    optional Tensor tensor_type = 1;
  }
  message TensorShapeProto {
    message Dimension {
      oneof value {
        int64 dim_value = 1;
        string dim_param = 2;
      }
    }
    repeated Dimension dim = 1;
  }
`;

const { root } = protobuf.parse(PROTO);

/** The message that an ONNX file consists of. */
export const ModelProto = root.lookupType('onnx.ModelProto');
/** The numbers of element types and of attribute types, by name. */
export const { values: DATA_TYPE } = root.lookupEnum('onnx.TensorProto.DataType');
export const { values: ATTRIBUTE_TYPE } = root.lookupEnum('onnx.AttributeProto.AttributeType');

const modelSchema = z.object({ graph: z.object({ node: z.array(z.object({ opType: z.string() })) }) });

/**
 * The types of the operators in an ONNX file (`Conv`, ...), from its content.
 *
 * @throws Error if that is no ONNX file
 */
export function operatorTypes(content: Uint8Array): ReadonlySet<string> {
  const { graph } = modelSchema.parse(ModelProto.decode(content));
  return new Set(graph.node.map(({ opType }) => opType));
}
