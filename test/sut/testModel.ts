import type { EngineModel, EngineOptions } from '../../sut/engine.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';

/** A model without content, for engines that only play one. */
export const testModel: EngineModel = {
  name: 'test model',
  network: SPHEREFACE20_SHAPE,
  format: 'tflite',
  files: [{ name: 'test.tflite', content: new Uint8Array(8) }],
};

const engineOptions: EngineOptions = { precision: 'fp32', threads: 1 };

/** A pool of scripted engines, but for its inputs and the number of its workers. */
export const scriptedPool = {
  engineModule: new URL('./engines/scriptedEngine.js', import.meta.url).href,
  model: testModel,
  engineOptions,
  batch: 4,
  imagesPerTask: 4,
};
