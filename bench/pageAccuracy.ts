/**
 * The accuracy log of 60 pairs from the page in Chromium beside Node.js's, with LiteRT: the least cosine of their answers,
 * and whether they decide alike. `node dist/bench/pageAccuracy.js`
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { z } from 'zod';
import { PAIR_IMAGES } from '../base/pairLayout.js';
import { ACCURACY_LOG_NAME } from '../logs/accuracy/read.js';
import { ACCURACY_TEXT } from '../runs/layout.js';
import { EMBEDDING_VALUES } from '../sut/networks/sphereface20.js';
import { leastCosineOf } from '../sut/systemHeldTo.js';
import { CHROMIUM_ARGUMENTS, CHROMIUM_FILE } from '../test/reports/html/chromiumFile.js';

const LIMIT_MS = 600_000;
/** Accuracy is all that counts here. */
const FEW_QUERIES = '*.SingleStream.min_duration = 0\n*.SingleStream.min_query_count = 2\n';
const ACCURACY_FOLDER = 'SingleStream/accuracy';

const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'page-accuracy-'));
try {
  writeFileSync(join(folder, 'user.conf'), FEW_QUERIES);
  const pairs = ['--pairs', '60'];
  const inPage = await measureInPage(join(folder, 'page'), [...pairs, '--user-conf', join(folder, 'user.conf')]);
  const onNode = join(folder, 'node');
  const same = ['--sut', 'litert', '--scenario', 'SingleStream', '--mode', 'AccuracyOnly', '--output', onNode];
  await promisify(execFile)(process.execPath, [main, 'run', ...pairs, ...same]);
  const [there, here] = [answersIn(inPage), answersIn(onNode)];
  console.log(
    `${here.length / (PAIR_IMAGES * EMBEDDING_VALUES)} pairs, the least cosine of an answer: ${leastCosineOf(there, here)}`,
  );
  console.log(`decisions: ${decisionsIn(inPage) === decisionsIn(onNode) ? 'the same' : 'others'}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The folder of the run that a page has left. */
async function measureInPage(output: string, args: readonly string[]): Promise<string> {
  mkdirSync(output);
  const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--output', output, ...args]);
  const browser = await chromium.launch({
    ...(CHROMIUM_FILE === undefined ? {} : { executablePath: CHROMIUM_FILE }),
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const [printed] = await once(server.stdout, 'data');
    const page = await browser.newPage();
    await page.goto(String(printed).trim());
    await page.getByLabel("By the benchmark's rules").check();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('tbody tr').first().waitFor({ timeout: LIMIT_MS });
    const [name = ''] = readdirSync(output);
    return join(output, name);
  } finally {
    await browser.close();
    server.kill('SIGINT');
    await once(server, 'exit');
  }
}

/** The embeddings in a run's accuracy log, by sample. */
function answersIn(runFolder: string): Float32Array {
  const schema = z.array(z.object({ qsl_idx: z.number(), data: z.string() }));
  const text = readFileSync(join(runFolder, ACCURACY_FOLDER, ACCURACY_LOG_NAME), 'utf8');
  const answers = schema.parse(JSON.parse(text)).toSorted((a, b) => a.qsl_idx - b.qsl_idx);
  return new Float32Array(new Uint8Array(Buffer.concat(answers.map(({ data }) => Buffer.from(data, 'hex')))).buffer);
}

function decisionsIn(runFolder: string): string {
  return readFileSync(join(runFolder, ACCURACY_FOLDER, ACCURACY_TEXT), 'utf8');
}
