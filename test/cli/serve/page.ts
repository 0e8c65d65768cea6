/** The page for devices in a browser, as tests open it. */
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { ENGINES_IN_PAGES } from '../../../web/shared/pageEngines.js';
import { SIX_PAIRS, start, temporaryFile, temporaryFolder } from '../loadgen.js';

/** What a page measures unless its user chooses: the first that works everywhere. */
export const FIRST_ENGINE = ENGINES_IN_PAGES[0]?.name ?? '';
/** A phone's width. */
export const WIDTH = 390;
/** As few queries as there can be. */
export const SHORT_PAGE_CONF = ['min_duration = 0', 'min_query_count = 2']
  .map((line) => `*.SingleStream.${line}\n`)
  .join('');

/** Serves six pairs, and resolves with the addresses that are printed. */
export async function serveSixPairs(t: TestContext, args: readonly string[] = [], env: Record<string, string> = {}) {
  const output = await temporaryFolder(t);
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const conf = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_PAGE_CONF)];
  const running = start(['serve', '--port', '0', '--output', output, ...pairs, ...conf, ...args], { env });
  t.after(() => running.process.kill('SIGKILL'));
  const [printed] = await once(running.process.stdout ?? process.stdin, 'data');
  const [address = '', ...others] = String(printed).trim().split('\n');
  return { output, pairs, running, address, others };
}

export async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  return page;
}

/** What axe-core finds, and what is wider than the screen. */
export async function faultsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate('axe.run().then(({ violations }) => violations)');
  const width = await page.evaluate('document.documentElement.scrollWidth');
  return { violations, width };
}

export const WELL = { violations: [], width: WIDTH };
