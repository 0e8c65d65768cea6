import { LoadGenError } from '../../base/errors.js';
import type { ReadGraph, ReadOperator, ReadTensor } from '../../tflite/readTflite.js';
import { BYTES_PER_FLOAT, decodeFloats, type FloatType } from '../sphereface20/decodeFloats.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';

const FLOAT_TYPES: ReadonlyMap<string, FloatType> = new Map([
  ['FLOAT32', 'F32'],
  ['FLOAT16', 'F16'],
]);

/** A graph that is followed from its input on. Each operator is taken once; what is left over is not of the network. */
export class TfliteGraph {
  readonly #graph: ReadGraph;
  readonly #file: string;
  readonly #consumers = new Map<number, ReadOperator[]>();
  readonly #producers = new Map<number, ReadOperator>();
  readonly #taken = new Set<ReadOperator>();

  constructor(graph: ReadGraph, file: string) {
    this.#graph = graph;
    this.#file = file;
    for (const operator of graph.operators) {
      for (const tensor of new Set(operator.inputs)) {
        const consumers = this.#consumers.get(tensor);
        if (consumers === undefined) this.#consumers.set(tensor, [operator]);
        else consumers.push(operator);
      }
      for (const tensor of operator.outputs) {
        if (this.#producers.has(tensor)) this.fail(operator, `computes tensor ${tensor}, as another operator does`);
        this.#producers.set(tensor, operator);
      }
    }
  }

  /** The operators of these types that take a tensor. */
  consumers(tensor: number, ...types: readonly string[]): ReadOperator[] {
    return (this.#consumers.get(tensor) ?? []).filter(({ type }) => types.includes(type));
  }

  /** Takes the one operator of these types that takes a tensor; `layer` stands in errors. */
  take(tensor: number, layer: string, ...types: readonly string[]): ReadOperator {
    const [operator, second] = this.consumers(tensor, ...types);
    const expected = types.join(' or ');
    if (second !== undefined) this.fail(second, `takes tensor ${tensor} a second time; expected one ${expected}`);
    if (operator === undefined) {
      const [found] = this.#consumers.get(tensor) ?? [];
      const where = `where ${layer} is expected, ${expected}`;
      if (found === undefined) throw this.error(`nothing takes tensor ${tensor}, ${where}`);
      this.fail(found, `stands ${where}`);
    }
    if (this.#taken.has(operator)) this.fail(operator, `stands a second time on the way, at ${layer}`);
    this.#taken.add(operator);
    if ((operator.options.fusedActivation ?? 0) !== 0) {
      this.fail(operator, `has the fused activation ${operator.options.fusedActivation}, expected none`);
    }
    return operator;
  }

  /** The only output of an operator. */
  output(operator: ReadOperator): number {
    const [output, second] = operator.outputs;
    if (output === undefined || second !== undefined) {
      this.fail(operator, `has ${operator.outputs.length} outputs, expected 1`);
    }
    return output;
  }

  /** The other input of an operator of two. */
  otherInput(operator: ReadOperator, tensor: number): number {
    const [first, second, third] = operator.inputs;
    if (first === undefined || second === undefined || third !== undefined) {
      this.fail(operator, `has ${operator.inputs.length} inputs, expected 2`);
    }
    return first === tensor ? second : first;
  }

  /** Input `position` of an operator: a constant of floats, or one made of float16 by DEQUANTIZE. */
  constant(operator: ReadOperator, position: number): WeightTensor {
    const index = operator.inputs[position] ?? -1;
    const producer = this.#producers.get(index);
    if (producer?.type === 'DEQUANTIZE') {
      this.#taken.add(producer);
      return this.#floats(producer, 0);
    }
    return this.#floats(operator, position);
  }

  /** Input `position` of an operator: a constant of int32. */
  integers(operator: ReadOperator, position: number): number[] {
    const found = this.#input(operator, position)?.type ?? 'nothing';
    if (found !== 'INT32') this.fail(operator, `has ${found} as input ${position}, expected a constant of INT32`);
    const { bytes } = this.#constantTensor(operator, position, 'INT32', 4);
    if (bytes.length > 64) this.fail(operator, `has ${bytes.length / 4} numbers as input ${position}, expected a few`);
    return [...new Int32Array(new Uint8Array(bytes).buffer)];
  }

  shape(tensor: number): readonly number[] {
    return this.#graph.tensors[tensor]?.shape ?? [];
  }

  /** @throws MODEL_IMPORT unless the graph ends at this tensor, and all its operators were taken */
  checkEnd(tensor: number): void {
    const { outputs, operators } = this.#graph;
    if (outputs.join() !== String(tensor)) {
      throw this.error(`its outputs are the tensors ${outputs.slice(0, 9).join(', ')}, expected ${tensor} alone`);
    }
    const left = operators.find((operator) => !this.#taken.has(operator));
    if (left !== undefined) this.fail(left, 'is not on the way from the input to the output');
  }

  fail(operator: ReadOperator, fault: string): never {
    throw this.error(`operator ${operator.index} (${operator.type}) ${fault}`);
  }

  error(fault: string): LoadGenError {
    return new LoadGenError('MODEL_IMPORT', `${this.#file} is another network than Sphereface-20: ${fault}`, {
      hint: 'Such a file can still be run as it is, with --model, if its input and output have the right shapes.',
    });
  }

  #floats(operator: ReadOperator, position: number): WeightTensor {
    const found = this.#input(operator, position)?.type ?? 'nothing';
    const type = FLOAT_TYPES.get(found);
    if (type === undefined) {
      this.fail(operator, `has ${found} as input ${position}, expected a constant of FLOAT32 or FLOAT16`);
    }
    const { tensor, bytes } = this.#constantTensor(operator, position, found, BYTES_PER_FLOAT[type]);
    return { shape: tensor.shape, read: () => decodeFloats(type, bytes) };
  }

  #input(operator: ReadOperator, position: number): ReadTensor | undefined {
    return this.#graph.tensors[operator.inputs[position] ?? -1];
  }

  #constantTensor(operator: ReadOperator, position: number, type: string, bytesPerValue: number) {
    const tensor = this.#input(operator, position);
    const bytes = tensor?.bytes;
    if (tensor === undefined || bytes === undefined) {
      this.fail(operator, `has no constant as input ${position}, expected one of ${type}`);
    }
    const expected = tensor.shape.reduce((product, length) => product * length, bytesPerValue);
    if (bytes.length !== expected) {
      this.fail(
        operator,
        `has ${bytes.length} bytes for its input ${position}, ${tensor.shape.join(' x ')}, expected ${expected}`,
      );
    }
    return { tensor, bytes };
  }
}
