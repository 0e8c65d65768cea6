import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIREFOX_FILE } from '../reports/html/firefox.js';
import type { AskingBrowser } from './askingBrowser.js';

/** So that a new profile shows no page but the test's. */
const PREFERENCES = {
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
};
const LOCALHOST = '127.0.0.1';

interface Answer {
  readonly value?: unknown;
  readonly fault?: string;
}

/**
 * A headless Firefox that nothing drives: it comes to a server for each question, and takes the answer there. In one that
 * WebDriver BiDi drives (153), a worker that starts another stops there for good once in 50 times if the machine is busy.
 */
export async function startFirefox(): Promise<AskingBrowser> {
  if (FIREFOX_FILE === undefined) throw new Error('there is no firefox');
  const server = createServer();
  const requests = on(server, 'request');
  await once(server.listen(0, LOCALHOST), 'listening');
  const listening = server.address();
  const answerTo = `http://${LOCALHOST}:${typeof listening === 'object' ? listening?.port : ''}/`;
  const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});\n`);
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const child = spawn(FIREFOX_FILE, ['--headless', '--no-remote', '--profile', profile, answerTo], { stdio: 'ignore' });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Firefox ended with exit code ${code}`);
  });
  ended.catch(() => {});
  /** The next time that Firefox comes, which then waits for where to go. */
  const comes = async (): Promise<{ url: string; waiting: ServerResponse }> => {
    for (;;) {
      const { value } = await Promise.race([requests.next(), ended]);
      const [{ url }, waiting]: [IncomingMessage, ServerResponse] = value;
      if (url?.startsWith('/favicon') !== true) return { url: url ?? '', waiting };
      waiting.writeHead(404).end();
    }
  };
  let { waiting } = await comes();
  return {
    async ask(address, question) {
      const asked = encodeURIComponent(JSON.stringify({ question, answerTo }));
      waiting.writeHead(302, { Location: `${address}#${asked}` }).end();
      const answered = await comes();
      waiting = answered.waiting;
      const [, answer = ''] = answered.url.split('?');
      const { value, fault }: Answer = JSON.parse(decodeURIComponent(answer));
      if (fault !== undefined) throw new Error(fault);
      return value;
    },
    async close() {
      child.kill();
      await ended.catch(() => {});
      server.closeAllConnections();
      server.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
