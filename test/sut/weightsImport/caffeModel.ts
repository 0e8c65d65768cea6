import protobuf from 'protobufjs';

/** Of Caffe's messages what a .caffemodel with weights consists of, with the field numbers of caffe.proto. */
const { root } = protobuf.parse(`
  syntax = "proto2";
  message NetParameter {
    optional string name = 1;
    repeated V1LayerParameter layers = 2;
    repeated LayerParameter layer = 100;
  }
  message LayerParameter {
    optional string name = 1;
    optional string type = 2;
    repeated BlobProto blobs = 7;
  }
  message V1LayerParameter {
    optional string name = 4;
    optional int32 type = 5;
    repeated BlobProto blobs = 6;
  }
  message BlobProto {
    optional int32 num = 1;
    optional int32 channels = 2;
    optional int32 height = 3;
    optional int32 width = 4;
    repeated float data = 5 [packed = true];
    repeated float diff = 6 [packed = true];
    optional BlobShape shape = 7;
    repeated double doubleData = 8 [packed = true];
  }
  message BlobShape {
    repeated int64 dim = 1 [packed = true];
  }
`);

export interface CaffeBlob {
  readonly num?: number;
  readonly channels?: number;
  readonly height?: number;
  readonly width?: number;
  readonly data?: readonly number[];
  readonly diff?: readonly number[];
  readonly shape?: { readonly dim: readonly number[] };
  readonly doubleData?: readonly number[];
}

export interface CaffeLayer {
  readonly name: string;
  readonly blobs?: readonly CaffeBlob[];
}

/** The content of a .caffemodel with layers in the newer form or, as `layers`, in the older one. */
export function caffeModel(layers: readonly CaffeLayer[], form: 'layer' | 'layers' = 'layer'): Uint8Array {
  return root
    .lookupType('NetParameter')
    .encode({ name: 'SpherefaceNet-20', [form]: layers })
    .finish();
}
