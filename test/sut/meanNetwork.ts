import { type OnnxValue, writeOnnx } from '../../onnx/writeOnnx.js';
import type { EngineModel } from '../../sut/engine.js';
import { EMBEDDING_VALUES, SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';

export function modelOf(content: Uint8Array): EngineModel {
  return {
    name: 'model from own.onnx',
    network: SPHEREFACE20_SHAPE,
    format: 'onnx',
    files: [{ name: 'own.onnx', content }],
  };
}

/** A network whose output is the mean of its input, 512 times. */
export function meanNetwork(
  inputShape: OnnxValue['shape'],
  outputShape: OnnxValue['shape'],
  mean = 'ReduceMean',
): Uint8Array {
  return writeOnnx({
    name: 'mean',
    description: '',
    inputs: [{ name: 'x', ...(inputShape && { shape: inputShape }) }],
    outputs: [{ name: 'y', ...(outputShape && { shape: outputShape }) }],
    constants: [{ name: 'zeros', shape: [EMBEDDING_VALUES], values: new Float32Array(EMBEDDING_VALUES) }],
    nodes: [
      { type: mean, inputs: ['x'], output: 'mean', attributes: { axes: [1, 2, 3] } },
      { type: 'Flatten', inputs: ['mean'], output: 'flat' },
      { type: 'Add', inputs: ['flat', 'zeros'], output: 'y' },
    ],
  });
}
