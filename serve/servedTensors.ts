import type { z } from 'zod';
import { inputValuesOf, type NetworkShape } from '../base/pairLayout.js';
import { printable, schemaFaults } from '../base/text.js';
import { RequestFault } from '../platform/node/httpServer.js';
import type { SystemConfiguration } from '../sut/closableSystemUnderTest.js';
import { imageShape } from '../sut/inputLayout.js';
import { shapeText } from '../sut/remote/checkAnswer.js';
import type { TensorDescription } from '../sut/remote/connection.js';

export const INPUT_NAME = 'images';
export const OUTPUT_NAME = 'embeddings';
/** Of one request. */
export const MAX_IMAGES = 256;
/** Further ones are refused. */
export const MAX_WAITING_REQUESTS = 256;
export const SERVER_NAME = 'sphereface-loadgen';
export const EXTENSIONS = ['binary_tensor_data', 'statistics'] as const;
export const MODEL_VERSION = '1';

/** What the server says of its model. */
export function servedModelMessage(name: string, configuration: SystemConfiguration, network: NetworkShape) {
  return {
    name,
    versions: [MODEL_VERSION],
    platform: `${configuration.engine}_${configuration.precision ?? 'unknown'}`,
    inputs: [{ name: INPUT_NAME, datatype: 'FP32', shape: [-1, ...imageShape(network, 'NHWC')] }],
    outputs: [{ name: OUTPUT_NAME, datatype: 'FP32', shape: [-1, network.embeddingValues] }],
  };
}

/**
 * How many images a request has.
 *
 * @throws RequestFault if its input, or an output that it asks for, is not that of the model
 */
export function checkedImages(
  { name, datatype, shape }: TensorDescription,
  bytes: number,
  outputs: readonly { readonly name: string }[],
  network: NetworkShape,
): number {
  const [images = 0, ...image] = shape;
  const expected = imageShape(network, 'NHWC');
  const isCount = Number.isInteger(images) && images >= 1 && images <= MAX_IMAGES;
  if (name !== INPUT_NAME || datatype !== 'FP32' || !isCount || image.join() !== expected.join()) {
    const found = `"${printable(name, 80)}" ${printable(datatype, 80)} ${shapeText(shape)}`;
    const wanted = `"${INPUT_NAME}" FP32 ${shapeText([-1, ...expected])} of 1 to ${MAX_IMAGES} images`;
    throw new RequestFault(`found ${found}, expected ${wanted}`);
  }
  const expectedBytes = images * inputValuesOf(network) * Float32Array.BYTES_PER_ELEMENT;
  if (bytes !== expectedBytes) throw new RequestFault(`found ${bytes} bytes of input, expected ${expectedBytes}`);
  const other = outputs.find((output) => output.name !== OUTPUT_NAME);
  if (other === undefined) return images;
  throw new RequestFault(`found the output "${printable(other.name, 80)}", expected "${OUTPUT_NAME}"`);
}

/** @throws RequestFault if a request is something else */
export function checkedRequest<Request>(schema: z.ZodType<Request>, found: unknown): Request {
  const { data, error } = schema.safeParse(found);
  if (error === undefined) return data;
  throw new RequestFault(`the request is not as expected: ${printable(schemaFaults(error, 'all').join('; '))}`);
}
