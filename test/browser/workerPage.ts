/** A worker in an isolated page of Chromium, which answers what it is asked. */
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, CHROMIUM_FILE } from '../reports/html/chromiumFile.js';
import { bundle } from './bundle.js';
import { serveSite } from './site.js';

export interface WorkerPage {
  readonly page: Page;
  /** Sends a message to the worker, and resolves to the value that it answers with. */
  ask(message: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** @param file of the worker: a TypeScript file that calls `answer` of `test/browser/inBrowser/answer.ts` */
export async function openWorkerPage(file: string): Promise<WorkerPage> {
  const site = await serveSite({
    '/': '<!doctype html><script type="module" src="/page.js"></script>',
    '/page.js': await bundle('test/browser/inBrowser/page.ts'),
    '/worker.js': await bundle(file),
  });
  const browser = await chromium.launch({
    ...(CHROMIUM_FILE === undefined ? {} : { executablePath: CHROMIUM_FILE }),
    args: CHROMIUM_ARGUMENTS,
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.url);
  return {
    page,
    ask: (message) => page.evaluate((sent) => Reflect.get(globalThis, 'ask')(sent), message),
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
