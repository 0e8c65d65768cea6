import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, normalize } from 'node:path';
import { type TestContext, test } from 'node:test';
import { unzipSync } from 'fflate';
import { readRun } from '../../reports/figures/measureRun.js';
import { needsChromium, openBrowser } from '../reports/html/chromium.js';
import { loadgen, SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { FIRST_ENGINE, faultsOf, open, SHORT_PAGE_CONF, WELL, WIDTH } from './serve/page.js';

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** A host that hands out files and sets no header but the type. */
async function hostFiles(t: TestContext, folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://host').pathname);
    try {
      const content = readFileSync(join(folder, path.endsWith('/') ? `${path}index.html` : path));
      response.writeHead(200, { 'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'text/html' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

test(
  'an exported page measures on a host that sets no headers, and what it saves is read like any run',
  needsChromium,
  async (t) => {
    const host = await temporaryFolder(t);
    const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
    const conf = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_PAGE_CONF)];
    const exported = await loadgen(['web', 'export', join(host, 'below'), ...pairs, ...conf]);
    assert.equal(exported.exitCode, 0, exported.stderr);
    assert.equal(exported.stdout, `${join(host, 'below', 'index.html')}\n`);
    assert.match(exported.stderr, /\d+ files, \d+ MB/);

    const { context, complaints } = await openBrowser({ width: WIDTH });
    const origin = await hostFiles(t, host);
    const page = await open(context, `${origin}/below/`);
    assert.equal(await page.evaluate('crossOriginIsolated'), true);
    assert.match((await page.locator('#benchmark').textContent()) ?? '', /sends nothing/);
    await page.getByText('By the benchmark').click();
    await page.getByRole('button', { name: 'Start' }).click();
    const row = page.getByRole('row').filter({ hasText: FIRST_ENGINE });
    await row.waitFor({ timeout: 120_000 });
    assert.match((await row.textContent()) ?? '', /\d (ms|s|us).*\d of 6/);
    assert.deepEqual(await faultsOf(page), WELL);

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the logs' }).click();
    const download = await downloading;
    assert.match(download.suggestedFilename(), new RegExp(`^[\\dT-]+-linux-computer-${FIRST_ENGINE}\\.zip$`));
    const unpacked = await temporaryFolder(t);
    const archive = join(unpacked, 'archive');
    await download.saveAs(archive);
    for (const [path, content] of Object.entries(unzipSync(readFileSync(archive)))) {
      mkdirSync(dirname(join(unpacked, 'runs', path)), { recursive: true });
      writeFileSync(join(unpacked, 'runs', path), content);
    }
    const [name = ''] = readdirSync(join(unpacked, 'runs'));
    const { run, tests } = await readRun(join(unpacked, 'runs', name));
    assert.equal(run.missing, undefined);
    assert.deepEqual(
      tests.map(({ test: { kind, latencies }, accuracy }) => [kind, latencies, accuracy?.pairCount]),
      [
        ['accuracy', null, 6],
        ['performance', 'latency log', undefined],
      ],
    );
    const table = await loadgen(['results', join(unpacked, 'runs')]);
    assert.equal(table.exitCode, 0, table.stderr);
    assert.match(table.stdout, new RegExp(`${FIRST_ENGINE}, fp32`));
    const packed = await loadgen(['results', archive]);
    assert.equal(packed.exitCode, 0, packed.stderr);
    assert.match(packed.stdout, new RegExp(`${FIRST_ENGINE}, fp32`));
    const compared = await loadgen(['compare', join(unpacked, 'runs', name), join(unpacked, 'runs', name)]);
    assert.equal(compared.exitCode, 0, compared.stderr);

    const outside = complaints.filter(
      (text) => text.startsWith('request: ') && !text.startsWith(`request: ${origin}/below/`),
    );
    assert.deepEqual(
      outside.filter((text) => !text.startsWith('request: blob:')),
      [],
    );
  },
);

test('a folder with something else is refused before anything is opened', async (t) => {
  const folder = await temporaryFolder(t);
  writeFileSync(join(folder, 'thesis.tex'), 'x');
  const { exitCode, stderr } = await loadgen(['web', 'export', folder, '--dataset', 'nowhere']);
  assert.equal(exitCode, 2);
  assert.match(stderr, /WEB_EXPORT: .*found 1 other files or folders/);
  assert.deepEqual(readdirSync(folder), ['thesis.tex']);
});
