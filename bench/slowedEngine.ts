/** A plugin: ONNX Runtime, slowed down by a share of each inference's time, which the environment names. */
import { ENGINES, importEngine } from '../sut/engines/index.js';
import { defineEngine } from '../sut/plugins/plugin.js';

export const SLOWED_SHARE_VARIABLE = 'LOADGEN_BENCH_SLOWED_SHARE';

const onnxruntime = ENGINES.find(({ name }) => name === 'onnxruntime');
if (onnxruntime === undefined) throw new Error('there is no engine onnxruntime');
const share = Number(process.env[SLOWED_SHARE_VARIABLE] ?? 0);
const { createEngine, ...module } = await importEngine(onnxruntime.module.href);

export default defineEngine({
  interfaceVersion: 1,
  kind: 'engine',
  name: 'slowed-onnxruntime',
  ...module,
  async createEngine(model, options) {
    const engine = await createEngine(model, options);
    const infer = engine.infer.bind(engine);
    engine.infer = async (inputs, outputs) => {
      const startedMs = performance.now();
      await infer(inputs, outputs);
      const endMs = startedMs + (performance.now() - startedMs) * (1 + share);
      while (performance.now() < endMs);
    };
    return engine;
  },
});
