/** A headless Firefox of the system's, driven by WebDriver BiDi. */
import { after } from 'node:test';
import puppeteer, { type Page } from 'puppeteer-core';
import { findOnPath } from './chromiumFile.js';

/** The file named by FIREFOX, or the one on the PATH; undefined where there is none. */
export const FIREFOX_FILE = findOnPath(process.env.FIREFOX, ['firefox-esr', 'firefox']);

export const needsFirefox = {
  skip:
    FIREFOX_FILE === undefined && 'there is no firefox on the PATH: install firefox-esr, or set FIREFOX to its file',
};

/** Starts a Firefox that goes on past warnings of certificates, which is closed after the tests, and opens an address. */
export async function openInFirefox(address: string, width: number): Promise<Page> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    ...(FIREFOX_FILE === undefined ? {} : { executablePath: FIREFOX_FILE }),
    headless: true,
    acceptInsecureCerts: true,
  });
  after(() => browser.close());
  const page = await browser.newPage();
  await page.setViewport({ width, height: 800 });
  await page.goto(address);
  return page;
}
