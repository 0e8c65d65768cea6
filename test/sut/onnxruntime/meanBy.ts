import { createEngine } from '../../../sut/engines/onnxruntime.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../../sut/networks/sphereface20.js';
import { meanNetwork, modelOf } from '../meanNetwork.js';

/** The first value of the embedding of an image of threes, which is 3, and the engine that has computed it. */
export async function meanBy(provider: string) {
  const model = modelOf(meanNetwork(['n', 112, 96, 3], ['n', 512]));
  const engine = await createEngine(model, { precision: 'fp32', threads: 1, provider });
  const outputs = new Float32Array(EMBEDDING_VALUES);
  await engine.infer(new Float32Array(INPUT_VALUES).fill(3), outputs);
  await engine.close();
  return { engine, mean: outputs[0] };
}
