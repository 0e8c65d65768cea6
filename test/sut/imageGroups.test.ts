import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ImageGroup, runInGroups } from '../../sut/imageGroups.js';

const network = { inputHeight: 1, inputWidth: 2, inputChannels: 1, embeddingValues: 1 };

test('every image is run once, in its place, in groups as large as there are', () => {
  const batches = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 });
  fc.assert(
    fc.property(batches, fc.nat(20), (unordered, images) => {
      const [largest = 1, ...others] = unordered.sort((a, b) => b - a);
      const smallest = others.at(-1) ?? largest;
      const runs: number[] = [];
      const group = (batch: number): ImageGroup => ({
        batch,
        run(inputs, outputs) {
          assert.ok(outputs.length === batch || (batch === smallest && outputs.length < batch && outputs.length > 0));
          runs.push(batch);
          outputs.set(outputs.map((_, i) => (inputs[2 * i] ?? 0) + (inputs[2 * i + 1] ?? 0)));
        },
      });
      const inputs = Float32Array.from({ length: 2 * images }, (_, i) => i);
      const outputs = new Float32Array(images).fill(Number.NaN);
      runInGroups([group(largest), ...others.map(group)], network, inputs, outputs);
      assert.deepEqual(
        [...outputs],
        Array.from({ length: images }, (_, i) => 4 * i + 1),
      );
      assert.deepEqual(
        runs,
        [...runs].sort((a, b) => b - a),
      );
      assert.ok(runs.filter((batch) => batch === largest).length >= Math.floor(images / largest));
    }),
  );
});
