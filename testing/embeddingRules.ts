import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { assertSimilar, type Rules } from './contractCase.js';
import { IMAGE_COUNT, type WithEngine } from './engineTools.js';

/** The rules about what an engine computes: an image has one embedding, whatever happens around it. */
export function embeddingRules(withEngine: WithEngine, tolerance: number): Rules {
  return {
    'fills all outputs with numbers': () =>
      withEngine(async ({ images, embed }) => {
        const index = (await embed(images)).findIndex((value) => !Number.isFinite(value));
        assert.equal(index, -1, `value ${index} of the outputs`);
      }),
    'gives different images different embeddings': () =>
      withEngine(async ({ imageAt, embed }) => {
        assert.notDeepEqual(await embed(imageAt(0)), await embed(imageAt(1)));
      }),
    'gives an image the same embedding alone and anywhere in a batch': () =>
      withEngine(async ({ images, imageAt, embed, embeddingAt }) => {
        const together = await embed(images);
        for (let image = 0; image < IMAGE_COUNT; image++) {
          const alone = await embed(imageAt(image));
          assertSimilar(embeddingAt(together, image), alone, tolerance, `image ${image} of four`);
        }
        const lastTwo = await embed(imageAt(2, 2));
        assertSimilar(embeddingAt(lastTwo, 1), embeddingAt(together, 3), tolerance, 'image 1 of two');
      }),
    'gives an image the same embedding whatever was computed before': () =>
      withEngine(async ({ images, imageAt, embed }) => {
        const first = await embed(imageAt(0));
        await embed(images);
        assertSimilar(await embed(imageAt(0)), first, tolerance, 'the second time');
      }),
    'gives the same embeddings in engines side by side': () =>
      withEngine(async (one) => {
        const alone = await one.embed(one.imageAt(0));
        await withEngine(async (other) => {
          await other.embed(other.imageAt(1));
          assertSimilar(await one.embed(one.imageAt(0)), alone, tolerance, 'beside another engine');
          assertSimilar(await other.embed(other.imageAt(0)), alone, tolerance, 'of the other engine');
        });
      }),
    'gives the same embeddings with more threads': () =>
      withEngine(async (one) => {
        const expected = await one.embed(one.images);
        const threads = Math.min(2, availableParallelism());
        await withEngine(
          async (other) => assertSimilar(await other.embed(other.images), expected, tolerance, 'with more'),
          { threads },
        );
      }),
  };
}
