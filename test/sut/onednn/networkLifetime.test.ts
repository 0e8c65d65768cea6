import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PRECISIONS, type Precision } from '../../../sut/engine.js';
import { type BuildOptions, buildNetwork } from '../../../sut/onednn/buildNetwork.js';
import { loadOneDnn, type OneDnnLibrary } from '../../../sut/onednn/library.js';
import { UNSUPPORTED } from '../../../sut/onednn/primitive.js';
import { quantizationStepsFor } from '../../../sut/onednn/quantizationSteps.js';
import { OneDnnSession } from '../../../sut/onednn/session.js';
import { SPHEREFACE20 } from '../../../sut/sphereface20/network.js';
import { readWeights } from '../../../sut/sphereface20/readWeights.js';
import { WEIGHTS_FILE } from '../referenceFaces.js';
import { skipWithoutOneDnn } from './skipWithoutOneDnn.js';

const skip = await skipWithoutOneDnn();

for (const precision of PRECISIONS) {
  test(`${precision}: no step is reference code, and closing frees all objects once`, { skip }, async (t) => {
    const { library, alive } = countingLibrary(await loadOneDnn());
    const session = new OneDnnSession(library);
    try {
      const { blocks } = buildNetwork(session, await optionsFor(precision));
      assert.deepEqual(
        blocks.flat().filter(({ implementation }) => implementation.startsWith('ref')),
        [],
      );
      assert.ok((alive().dnnl_primitive ?? 0) > 40, JSON.stringify(alive()));
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === UNSUPPORTED)) throw thrown;
      t.skip(thrown.message);
    }
    session.close();
    session.close();
    assert.deepEqual(new Set(Object.values(alive())), new Set([0]));
  });
}

test('a network that cannot be built leaves nothing behind', { skip }, async () => {
  const { library, alive } = countingLibrary(await loadOneDnn());
  const session = new OneDnnSession(library);
  const options = await optionsFor('fp32');
  const weights = new Map([...options.weights].filter(([name]) => name !== 'fc5.bias'));
  assert.throws(() => buildNetwork(session, { ...options, weights }), /fc5\.bias/);
  session.close();
  assert.deepEqual(new Set(Object.values(alive())), new Set([0]));
});

async function optionsFor(precision: Precision): Promise<BuildOptions> {
  const content = await readFile(WEIGHTS_FILE);
  return {
    layers: SPHEREFACE20,
    weights: readWeights(content, 'our weights', SPHEREFACE20),
    inputDimensions: [3, 112, 96],
    precision,
    quantizationSteps: precision === 'int8' ? await quantizationStepsFor(content, 'our weights') : new Map(),
  };
}

/** Counts, for each kind of object, those that were created and not yet destroyed; -1 would be one destroyed twice. */
function countingLibrary(library: OneDnnLibrary): { library: OneDnnLibrary; alive: () => Record<string, number> } {
  const counts = new Map<string, number>();
  const functions = new Proxy(library.functions, {
    get(target, name, receiver) {
      const original: unknown = Reflect.get(target, name, receiver);
      const [, kind, action] = /^(.*?)_(create|destroy)$/.exec(String(name)) ?? [];
      if (kind === undefined || typeof original !== 'function') return original;
      return (...values: unknown[]) => {
        original(...values);
        // A reorder's descriptor is destroyed like any primitive's.
        const object = kind.replace('reorder_', '');
        counts.set(object, (counts.get(object) ?? 0) + (action === 'create' ? 1 : -1));
      };
    },
  });
  return { library: { ...library, functions }, alive: () => Object.fromEntries(counts) };
}
