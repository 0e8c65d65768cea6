/** What plugin authors write, right and wrong: compiling this file is the test. */
import {
  defineEngine,
  defineSystemUnderTest,
  type Engine,
  type EngineModel,
  IN_THREAD,
  type Placement,
} from '../../sut/index.js';

const facts = { interfaceVersion: 1, name: 'mine' } as const;
const engineFacts = { name: 'mine', version: '1', precision: 'fp32', threads: 1, instructionSet: 'none' } as const;
const system = { name: 'mine', issueQuery() {}, flushQueries() {} };

export const engine = defineEngine({
  ...facts,
  kind: 'engine',
  formats: ['onnx'],
  precisions: ['fp32', 'int8'],
  async checkUsable() {},
  async createEngine(model, { threads }) {
    const { network }: EngineModel = model;
    return { ...engineFacts, threads, infer: (_, outputs) => void outputs.fill(network.embeddingValues), close() {} };
  },
});

export const asynchronousEngine: Engine = { ...engineFacts, async infer() {}, async close() {} };

// @ts-expect-error an engine has to infer
export const engineWithoutInfer: Engine = { ...engineFacts, close() {} };

defineEngine({
  ...engine,
  // @ts-expect-error there is no such format
  formats: ['gguf'],
});

defineEngine({
  ...engine,
  // @ts-expect-error the first precision is the default, so there has to be one
  precisions: [],
});

defineEngine({
  ...engine,
  // @ts-expect-error interfaces have whole versions, and this is the first
  interfaceVersion: 2,
});

export const placement: Placement = { ...IN_THREAD, workers: 2 };

export const closedAtOnce = defineSystemUnderTest({
  ...facts,
  kind: 'systemUnderTest',
  createSystemUnderTest: async () => ({ ...system, configuration: { engine: 'none', warm: true }, close() {} }),
});

export const closedLater = defineSystemUnderTest({
  ...closedAtOnce,
  createSystemUnderTest: async () => ({ ...system, configuration: {}, async close() {} }),
});

defineSystemUnderTest({
  ...closedAtOnce,
  // @ts-expect-error a configuration holds texts, numbers and booleans
  createSystemUnderTest: async () => ({ ...system, configuration: { nested: {} }, close() {} }),
});
