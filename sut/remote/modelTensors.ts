import { LoadGenError } from '../../base/errors.js';
import { type NetworkShape, PAIR_IMAGES } from '../../base/pairLayout.js';
import { printable } from '../../base/text.js';
import type { InputLayout } from '../engine.js';
import { INPUT_LAYOUTS, imageShape } from '../inputLayout.js';
import { shapeText } from './checkAnswer.js';
import type { ModelDescription, TensorDescription } from './connection.js';

/** What a model takes and gives, as far as its server says. */
export interface ModelTensors {
  readonly input: string;
  /** Undefined where the server does not say. */
  readonly output: string | undefined;
  readonly layout: InputLayout;
  /** So many images make a request; undefined if it may have any number. */
  readonly fixedImages: number | undefined;
}

/** For servers that do not say what their model takes: those look at nothing but the order of inputs. */
const DEFAULT_INPUT = 'input';
/** What a pair can be divided into. */
const FIXED_SIZES: readonly number[] = [1, 2, PAIR_IMAGES];

/** @throws SUT_SERVER if the model does not take the network's images, or does not give its embeddings */
export function matchTensors({ inputs, outputs }: ModelDescription, network: NetworkShape): ModelTensors {
  return { ...matchInput(inputs, network), output: matchOutput(outputs, network) };
}

function matchInput(inputs: readonly TensorDescription[], network: NetworkShape): Omit<ModelTensors, 'output'> {
  const [input, ...others] = inputs;
  if (input === undefined) return { input: DEFAULT_INPUT, layout: 'NHWC', fixedImages: undefined };
  const [images = 0, ...image] = input.shape;
  const layout = INPUT_LAYOUTS.find((known) => fits(image, imageShape(network, known)));
  const isCount = images === -1 || FIXED_SIZES.includes(images);
  if (others.length > 0 || input.datatype !== 'FP32' || layout === undefined || !isCount) {
    const shapes = INPUT_LAYOUTS.map((known) => shapeText([-1, ...imageShape(network, known)])).join(' or ');
    throw shapeError('inputs', inputs, `one of FP32 ${shapes}, for any number of images, 1, 2 or ${PAIR_IMAGES}`);
  }
  return { input: input.name, layout, fixedImages: images === -1 ? undefined : images };
}

function matchOutput(outputs: readonly TensorDescription[], { embeddingValues }: NetworkShape): string | undefined {
  if (outputs.length === 0) return undefined;
  const output = outputs.find(
    ({ datatype, shape: [, ...values] }) => datatype === 'FP32' && values.length > 0 && fits(values, [embeddingValues]),
  );
  if (output === undefined) throw shapeError('outputs', outputs, `one of FP32 ${shapeText([-1, embeddingValues])}`);
  return output.name;
}

/** Whether a shape may be the expected one, but for sizes of 1 at its end. */
function fits(shape: readonly number[], expected: readonly number[]): boolean {
  const isSame = expected.every((size, index) => shape[index] === size || shape[index] === -1);
  return isSame && shape.slice(expected.length).every((size) => size === 1);
}

function shapeError(what: string, found: readonly TensorDescription[], expected: string): LoadGenError {
  const tensors = found.map(({ name, datatype, shape }) => printable(`${name} ${datatype} ${shapeText(shape)}`));
  return new LoadGenError(
    'SUT_SERVER',
    `the server says that the ${what} of its model are ${tensors.join(', ')}; expected ${expected}`,
    { hint: 'Its sizes have to be those of --network. `loadgen model export` writes the network as a file.' },
  );
}
