/** A headless Firefox of the system's, driven by WebDriver BiDi. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type BrowserContext, firefox } from 'playwright-core';
import { findOnPath } from './chromiumFile.js';

/** The file named by FIREFOX, or the one on the PATH; undefined where there is none. */
const FIREFOX_FILE = findOnPath(process.env.FIREFOX, ['firefox-esr', 'firefox']);

export const needsFirefox = {
  skip:
    FIREFOX_FILE === undefined && 'there is no firefox on the PATH: install firefox-esr, or set FIREFOX to its file',
};

/** Starts a Firefox with a profile of its own that goes on past warnings of certificates; it is closed after the tests. */
export async function openFirefox(width: number): Promise<BrowserContext> {
  const profile = await mkdtemp(join(tmpdir(), 'firefox-test-'));
  const context = await firefox.launchPersistentContext(profile, {
    ...(FIREFOX_FILE === undefined ? {} : { executablePath: FIREFOX_FILE }),
    // With this name it is driven by WebDriver BiDi, which releases of Firefox know.
    channel: 'moz-firefox',
    headless: true,
    ignoreHTTPSErrors: true,
    viewport: { width, height: 800 },
  });
  after(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  });
  return context;
}
