/**
 * A worker in an isolated page of Chromium, which answers what it is asked. By Puppeteer, as Playwright has every tab
 * believe that it is in front.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS, CHROMIUM_FILE } from '../reports/html/chromiumFile.js';
import { bundle } from './bundle.js';
import { serveSite } from './site.js';

export interface WorkerPage {
  readonly page: Page;
  /** Sends a message to the worker, and resolves to the value that it answers with. */
  ask(message: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** What Chromium keeps of its settings: the one that turns its battery saver on for good. */
const BATTERY_SAVER = { performance_tuning: { battery_saver_mode: { state: 3 } } };

/**
 * @param file of the worker: a TypeScript file that calls `answer` of `test/browser/inBrowser/answer.ts`
 * @param settings of the browser
 */
export async function openWorkerPage(file: string, { savesPower = false } = {}): Promise<WorkerPage> {
  const site = await serveSite({
    '/': '<!doctype html><script type="module" src="/page.js"></script>',
    '/page.js': await bundle('test/browser/inBrowser/page.ts'),
    '/worker.js': await bundle(file),
  });
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  if (savesPower) writeFileSync(join(profile, 'Local State'), JSON.stringify(BATTERY_SAVER));
  const browser = await puppeteer.launch({
    ...(CHROMIUM_FILE === undefined ? {} : { executablePath: CHROMIUM_FILE }),
    args: CHROMIUM_ARGUMENTS,
    userDataDir: profile,
    // A question may take as long as it likes.
    protocolTimeout: 0,
  });
  const [page = await browser.newPage()] = await browser.pages();
  await page.goto(site.url);
  return {
    page,
    ask: (message) => page.evaluate((sent) => Reflect.get(globalThis, 'ask')(sent), message),
    async close() {
      await browser.close();
      await site.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
