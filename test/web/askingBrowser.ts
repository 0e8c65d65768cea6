import { chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, CHROMIUM_FILE } from '../reports/html/chromiumFile.js';

/** Opens an address in a new page, and asks what it has there. */
export interface AskingBrowser {
  ask(address: string, question: object): Promise<unknown>;
  close(): Promise<void>;
}

/** WebGL and WebGPU in software, as there is no graphics processor to count on. */
const GRAPHICS = ['--enable-unsafe-webgpu', '--enable-unsafe-swiftshader', '--use-webgpu-adapter=swiftshader'];

const ask = (sent: object) => Reflect.get(globalThis, 'ask')(sent);

/** Each page is as if it were the first: it has nothing that an earlier one has loaded. */
export async function startChromium(): Promise<AskingBrowser> {
  const browser = await chromium.launch({
    ...(CHROMIUM_FILE === undefined ? {} : { executablePath: CHROMIUM_FILE }),
    args: [...CHROMIUM_ARGUMENTS.filter((argument) => argument !== '--disable-gpu'), ...GRAPHICS],
  });
  return {
    async ask(address, question) {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(address);
        return await page.evaluate(ask, question);
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}
