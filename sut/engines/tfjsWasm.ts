import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { importTfjs } from '../tfjs/importTfjs.js';

export const formats: EngineModule['formats'] = ['tfjs'];
export const precisions: EngineModule['precisions'] = ['fp32'];

const NAME = 'tfjs-wasm';

/**
 * TensorFlow.js in WebAssembly, with `@tensorflow/tfjs-backend-wasm`. One thread: the package does not start its threads
 * under Node.
 */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const { core, backend, engines } = await importOwn();
  const hasSimd = await core.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return engines.createGraphModelEngine('wasm', model, {
    name: NAME,
    version: backend.version_wasm,
    threads: 1,
    instructionSet: hasSimd === true ? 'WASM SIMD' : 'WASM',
  });
}

export async function checkUsable(): Promise<void> {
  const { engines } = await importOwn();
  await engines.useBackend('wasm');
}

function importOwn() {
  return importTfjs(NAME, '@tensorflow/tfjs-backend-wasm', () => import('@tensorflow/tfjs-backend-wasm'));
}
