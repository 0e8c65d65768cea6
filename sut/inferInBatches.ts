import { inputValuesOf, type NetworkShape } from '../base/pairLayout.js';
import type { Engine } from './engine.js';

/**
 * Runs images through an engine, at most `batch` of them at a time. An engine that returns nothing from `infer` has done
 * its work when this returns.
 */
export function inferInBatches(
  engine: Engine,
  network: NetworkShape,
  batch: number,
  inputs: Float32Array,
  outputs: Float32Array,
): void | Promise<void> {
  const [inputValues, outputValues] = [batch * inputValuesOf(network), batch * network.embeddingValues];
  if (inputs.length <= inputValues) return engine.infer(inputs, outputs);
  const pending = engine.infer(inputs.subarray(0, inputValues), outputs.subarray(0, outputValues));
  const rest = () =>
    inferInBatches(engine, network, batch, inputs.subarray(inputValues), outputs.subarray(outputValues));
  return pending instanceof Promise ? pending.then(rest) : rest();
}
