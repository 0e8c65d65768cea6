/** A headless Chromium of the system's, for pages on disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, CHROMIUM_FILE } from './chromiumFile.js';

export const needsChromium = {
  skip: CHROMIUM_FILE === undefined && 'there is no chromium on the PATH: install it, or set CHROMIUM to its file',
};

export interface Shown {
  readonly context: BrowserContext;
  /** What the browser said or asked for that a page must not give rise to. */
  readonly complaints: readonly string[];
}

export interface BrowserOptions {
  readonly width: number;
  readonly dark?: boolean;
  readonly javaScriptEnabled?: boolean;
  /** As a person does who goes on past the browser's warning. */
  readonly ignoresCertificate?: boolean;
}

/** Starts a browser with a profile of its own, which is closed after the tests. */
export async function openBrowser(options: BrowserOptions): Promise<Shown> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-test-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...(CHROMIUM_FILE === undefined ? {} : { executablePath: CHROMIUM_FILE }),
    headless: true,
    args: CHROMIUM_ARGUMENTS,
    viewport: { width: options.width, height: 800 },
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    ignoreHTTPSErrors: options.ignoresCertificate ?? false,
    colorScheme: options.dark === true ? 'dark' : 'light',
  });
  after(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  });
  const complaints: string[] = [];
  context.on('console', (message) => complaints.push(`console: ${message.text()}`));
  context.on('weberror', (error) => complaints.push(`error: ${error.error().message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && !url.startsWith('file:')) complaints.push(`request: ${url}`);
  });
  return { context, complaints };
}
