import type { NetworkShape } from '../../base/pairLayout.js';
import type { InputLayout } from '../engine.js';
import type { Credentials } from './credentials.js';
import type { RemoteAddress } from './remoteName.js';

export interface ConnectionOptions {
  readonly address: RemoteAddress;
  readonly credentials: Credentials;
  /** Of requests at a time. */
  readonly inFlight: number;
  /** Of the largest answer. */
  readonly maxImages: number;
  readonly embeddingValues: number;
}

/** What a server says of itself. */
export interface ServerDescription {
  readonly name: string;
  readonly version: string;
  readonly extensions: readonly string[];
}

/** What a server says of a model. */
export interface ModelDescription {
  readonly versions: readonly string[];
  /** Such as `onnxruntime_onnx`; may be empty. */
  readonly platform: string;
  /** Some servers name none. */
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
}

export interface TensorDescription {
  readonly name: string;
  readonly datatype: string;
  /** -1 stands for any size. */
  readonly shape: readonly number[];
}

/** How images are put into a request and embeddings are found in its answer. */
export interface RequestFormat {
  readonly network: NetworkShape;
  readonly input: string;
  /** Undefined to take the one that the answer holds. */
  readonly output: string | undefined;
  readonly layout: InputLayout;
  /** Images of a request, at most. */
  readonly maxImages: number;
}

/** A request that may be on its way: one at a time. */
export interface RequestSlot {
  /**
   * Asks for the embeddings of images, which lie one after another in `parts`, in the format's layout, and have to stay as
   * they are until the answer is here.
   *
   * @returns the embeddings as little-endian float32, valid until the next call
   * @throws ServerFailure
   */
  send(parts: readonly Float32Array[], images: number): Promise<Uint8Array>;
}

/** What a server has counted of a model since its start, in nanoseconds. */
export interface ModelStatistics {
  readonly requests: number;
  readonly requestNs: number;
  readonly queueNs: number;
}

/** A way to a model on a server. All members throw `ServerFailure`. */
export interface ServerConnection {
  describeServer(): Promise<ServerDescription>;
  describeModel(): Promise<ModelDescription>;
  isServerReady(): Promise<boolean>;
  isModelReady(): Promise<boolean>;
  /** Only of servers with the extension `statistics`. */
  readStatistics(): Promise<ModelStatistics>;
  /** The ways in which tensors can be sent to this server, the fastest first. */
  encodingsFor(server: ServerDescription): readonly TensorEncoding[];
  /** Ends all requests. */
  close(): Promise<void>;
}

export interface TensorEncoding {
  /** For logs: "REST, binary tensors". */
  readonly name: string;
  /** @throws ServerFailure if the server does not take part */
  openSlots(format: RequestFormat, count: number): Promise<readonly RequestSlot[]>;
}

/** Slots that need nothing of each other. */
export async function openEach(count: number, openSlot: () => RequestSlot): Promise<readonly RequestSlot[]> {
  return Array.from({ length: count }, openSlot);
}
