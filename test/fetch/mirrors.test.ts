import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTENT, fetchContent } from './fetching.js';
import { content, startServer, status } from './testServer.js';

test('a file comes from the first mirror; the second is not asked', async (t) => {
  const [first, second] = [await startServer(t, content(CONTENT)), await startServer(t, content(CONTENT))];
  const { bytes, waits } = await fetchContent(t, [`${first.url}a`, `${second.url}b`]);
  assert.ok(bytes.equals(CONTENT));
  assert.deepEqual([first.asked, second.asked, waits], [['/a'], [], []]);
});

const OTHER = Buffer.alloc(CONTENT.length);

/** What the first mirror says, how often it is asked, and the waits between. */
const FAULTY: readonly [string, Parameters<typeof startServer>[1], number, readonly number[]][] = [
  ['403', status(403), 1, []],
  ['404', status(404), 1, []],
  ['410', status(410), 1, []],
  ['204', status(204), 1, []],
  ['500', status(500), 5, [1000, 2000, 4000, 8000]],
  ['503', status(503), 5, [1000, 2000, 4000, 8000]],
  ['429', status(429), 5, [1000, 2000, 4000, 8000]],
  ['429 with Retry-After', status(429, { 'retry-after': '7' }), 5, [7000, 7000, 7000, 7000]],
  ['503 with Retry-After', status(503, { 'retry-after': '120' }), 5, [120_000, 120_000, 120_000, 120_000]],
  ['503 with a Retry-After too long', status(503, { 'retry-after': '121' }), 1, []],
  ['a redirect without a place', status(302), 1, []],
  ['other content of the same size', content(OTHER), 1, []],
  ['shorter content', content(CONTENT.subarray(1)), 1, []],
  ['longer content', content(Buffer.concat([CONTENT, OTHER])), 1, []],
  ['nothing', content(Buffer.alloc(0)), 1, []],
];

for (const [what, answer, times, waits] of FAULTY) {
  test(`a mirror that answers ${what} is asked ${times} times, then the next one`, async (t) => {
    const [first, second] = [await startServer(t, answer), await startServer(t, content(CONTENT))];
    const result = await fetchContent(t, [`${first.url}a`, `${second.url}b`]);
    assert.ok(result.bytes.equals(CONTENT));
    assert.deepEqual(result.waits, waits);
    assert.equal(first.asked.length, times);
    assert.equal(second.asked.length, 1);
  });
}

test('a mirror that is asked again says why', async (t) => {
  const { url, asked } = await startServer(t, status(500), status(429, { 'retry-after': '3' }), content(CONTENT));
  const { bytes, waits, notices } = await fetchContent(t, [`${url}a`]);
  assert.ok(bytes.equals(CONTENT));
  assert.deepEqual(waits, [1000, 3000]);
  assert.equal(asked.length, 3);
  assert.deepEqual(notices, [
    `Downloading file.bin from ${url}a`,
    `${url}a: ${url}a answers with status 500; again in 1 s`,
    `${url}a: ${url}a answers with status 429; again in 3 s`,
  ]);
});

test('when no mirror has it, all reasons are given, and what to do', async (t) => {
  const [first, second] = [await startServer(t, status(404)), await startServer(t, content(OTHER))];
  await assert.rejects(fetchContent(t, [`${first.url}a`, `${second.url}b`, 'http://127.0.0.1:9/c']), {
    code: 'FETCH_DOWNLOAD',
    exitCode: 1,
    message:
      /^cannot download file\.bin:\n {2}.*\/a: .* 404\n {2}.*\/b: found SHA-256 \w{64}, expected SHA-256 .*\n {2}.*\/c: .*ECONNREFUSED/,
    hint: /HTTPS_PROXY[\s\S]*--from FILE/,
  });
});
