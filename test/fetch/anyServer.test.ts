import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { CONTENT, fetchContent, temporaryFolder } from './fetching.js';
import { type Answer, content, cutOff, startServer, status } from './testServer.js';

const OTHER = Buffer.from(CONTENT).reverse();

/** What servers do in bad hours: break off, change their minds about version and content, lie, fail. */
const anyAnswer = fc.oneof(
  fc
    .record({ after: fc.integer({ min: 0, max: CONTENT.length }), etag: fc.constantFrom('"v1"', '"v2"', 'W/"v"') })
    .map(({ after, etag }): Answer => cutOff(CONTENT, after, { etag })),
  fc.integer({ min: 0, max: CONTENT.length }).map((after): Answer => cutOff(CONTENT, after, {})),
  fc.integer({ min: 0, max: CONTENT.length }).map((after): Answer => cutOff(OTHER, after, { etag: '"other"' })),
  fc.integer({ min: 0, max: CONTENT.length }).map((after): Answer => cutOff(OTHER, after, {})),
  fc.constantFrom(429, 500, 503).map((code): Answer => status(code)),
);

test('whatever servers do, what is put in place is the right content, and nothing else is left', async (t) => {
  await fc.assert(
    fc.asyncProperty(anyAnswer, fc.array(anyAnswer, { maxLength: 4 }), async (first, others) => {
      const folder = await temporaryFolder(t);
      const troubled = await startServer(t, first, ...others, content(CONTENT));
      const sound = await startServer(t, content(CONTENT));
      const { bytes } = await fetchContent(t, [troubled.url, sound.url], { folder });
      assert.ok(bytes.equals(CONTENT));
      assert.deepEqual((await readdir(folder)).sort(), ['downloads', 'thing']);
      assert.deepEqual(await readdir(join(folder, 'downloads')), []);
    }),
    { numRuns: 60 },
  );
});
