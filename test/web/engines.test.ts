import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Precision } from '../../sut/engine.js';
import { ENGINES_IN_PAGES } from '../../web/shared/pageEngines.js';
import { needsChromium } from '../reports/html/chromium.js';
import { needsFirefox } from '../reports/html/firefox.js';
import { type EnginePage, openEnginePage } from './enginePage.js';
import { startFirefox } from './undrivenFirefox.js';

/** What other engines lack here is in docs/browser.md. */
const WITHOUT_GRAPHICS = ENGINES_IN_PAGES.filter(({ needs }) => needs.length === 0);
const LEAST_COSINE: Partial<Record<Precision, number>> = { fp32: 0.99999, int8: 0.999 };
/** Of what the worker loads, as it went over the network; the page itself is counted in `server/site.test.ts`. */
const MOST_BYTES: Partial<Record<Precision, number>> = { fp32: 60e6, int8: 20e6 };

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
        `${name} in ${precision} on ${threads} threads embeds as the reference, and is little to load`,
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

/** In the precision that is less to load. */
test('Firefox computes the same with all engines in WebAssembly, on as many threads', needsFirefox, async (t) => {
  const firefox = await openEnginePage(startFirefox);
  t.after(() => firefox.close());
  for (const { name, precisions, hasThreads } of WITHOUT_GRAPHICS) {
    const precision = precisions.find((each) => each === 'int8') ?? 'fp32';
    const threads = hasThreads ? 2 : 1;
    const question = { what: 'engine', engine: name, precision, threads, rounds: 1, manifest: firefox.manifest };
    const measured = measuredSchema.parse(await firefox.ask((base) => ({ ...question, base })));
    assert.ok(measured.cosine >= (LEAST_COSINE[precision] ?? 1), `${name}: ${measured.cosine}`);
    assert.equal(measured.threads, threads, name);
  }
});
