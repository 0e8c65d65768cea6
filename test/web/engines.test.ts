import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Precision } from '../../sut/engine.js';
import { INT8_MODELS } from '../../web/shared/manifest.js';
import { ENGINES_IN_PAGES } from '../../web/shared/pageEngines.js';
import { needsChromium } from '../reports/html/chromium.js';
import { type EnginePage, openEnginePage } from './enginePage.js';

/** What other engines lack here is in docs/browser.md. */
const WITHOUT_GRAPHICS = ENGINES_IN_PAGES.filter(({ needs }) => needs.length === 0);
const LEAST_COSINE: Partial<Record<Precision, number>> = { fp32: 0.99999, int8: 0.999 };
/** What a device loads for one engine, all in all: in int8 a model below 20 MB, the pairs, the reference and the runtime. */
const MOST_BYTES: Partial<Record<Precision, number>> = { fp32: 60e6, int8: 26e6 };
const MOST_MODEL_BYTES = 20e6;

const measuredSchema = z.looseObject({ cosine: z.number(), threads: z.number(), bytes: z.number() });

let page: EnginePage;
if (needsChromium.skip === false) {
  before(async () => {
    page = await openEnginePage();
  });
  after(() => page.close());
}

for (const { name, precisions, hasThreads } of WITHOUT_GRAPHICS) {
  for (const precision of precisions) {
    for (const threads of hasThreads ? [1, 2] : [1]) {
      test(
        `${name} in ${precision} on ${threads} threads embeds as the reference, and is not much to load`,
        needsChromium,
        async () => {
          const question = { what: 'engine', engine: name, precision, threads, rounds: 1, manifest: page.manifest };
          const measured = measuredSchema.parse(await page.ask((base) => ({ ...question, base })));
          assert.ok(measured.cosine >= (LEAST_COSINE[precision] ?? 1), `${measured.cosine}`);
          assert.equal(measured.threads, threads);
          assert.ok(measured.bytes < (MOST_BYTES[precision] ?? 0), `${measured.bytes}`);
        },
      );
    }
  }
}

test('a model in int8 is less to load than 20 MB', needsChromium, () => {
  for (const name of Object.values(INT8_MODELS)) {
    const { compressedBytes = Number.NaN } = page.manifest.files[name] ?? {};
    assert.ok(compressedBytes < MOST_MODEL_BYTES, `${name}: ${compressedBytes}`);
  }
});
