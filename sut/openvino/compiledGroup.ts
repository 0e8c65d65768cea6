import { inputValuesOf, type NetworkShape } from '../../base/pairLayout.js';
import type { ImageGroup } from '../imageGroups.js';
import type { Handle } from './library.js';
import { FLOAT32 } from './model.js';
import { type OpenVinoSession, withObject } from './session.js';

/** A model compiled for a number of images. */
export interface CompiledGroup extends ImageGroup {
  property(key: string): string;
}

interface CompileOptions {
  readonly model: Handle;
  readonly device: string;
  /** By name. */
  readonly properties: Readonly<Record<string, string>>;
  readonly network: NetworkShape;
  /** With the number of images first. */
  readonly inputShape: readonly [number, ...number[]];
}

/** Compiles a model that has one input, of this shape. It reads inputs and writes outputs where they lie. */
export function compileGroup(session: OpenVinoSession, options: CompileOptions): CompiledGroup {
  const { functions, core } = session;
  const { model, device, properties, inputShape, network } = options;
  const compile = functions.ov_core_compile_model;
  const compiled = session.own(
    functions.ov_compiled_model_free,
    compile,
    core,
    model,
    device,
    Object.entries(properties).flat(),
  );
  const request = session.own(
    functions.ov_infer_request_free,
    functions.ov_compiled_model_create_infer_request,
    compiled,
  );
  const [batch] = inputShape;
  const shapes = { input: shapeOf(inputShape), output: shapeOf([batch, network.embeddingValues]) };
  const place = (
    shape: ReturnType<typeof shapeOf>,
    values: Float32Array,
    set: (request: Handle, tensor: Handle) => void,
  ): void => {
    const { ov_tensor_free, ov_tensor_create_from_host_ptr } = functions;
    withObject(
      ov_tensor_free,
      (tensor) => set(request, tensor),
      ov_tensor_create_from_host_ptr,
      FLOAT32,
      shape,
      values,
    );
  };
  const infer = (inputs: Float32Array, outputs: Float32Array): void => {
    place(shapes.input, inputs, functions.ov_infer_request_set_input_tensor);
    place(shapes.output, outputs, functions.ov_infer_request_set_output_tensor);
    functions.ov_infer_request_infer(request);
  };
  /** For fewer images than the model takes. */
  const room = {
    inputs: new Float32Array(batch * inputValuesOf(network)),
    outputs: new Float32Array(batch * network.embeddingValues),
  };
  return {
    batch,
    property: (key) => session.modelProperty(compiled, key),
    run(inputs, outputs) {
      if (inputs.length === room.inputs.length) {
        infer(inputs, outputs);
        return;
      }
      room.inputs.set(inputs);
      infer(room.inputs, room.outputs);
      outputs.set(room.outputs.subarray(0, outputs.length));
    },
  };
}

function shapeOf(sizes: readonly number[]): { rank: bigint; dims: BigInt64Array } {
  return { rank: BigInt(sizes.length), dims: BigInt64Array.from(sizes, BigInt) };
}
