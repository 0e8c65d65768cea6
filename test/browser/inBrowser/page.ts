/**
 * In the page: starts the worker, and asks it what the test asks the page. Where the address has a question after a `#`,
 * nothing drives the browser: then the page goes on to where the answer is wanted.
 */
import { watchPage } from '../../../platform/browser/watchPage.js';

const worker = new Worker('worker.js', { type: 'module' });
const failed = new Promise<never>((_, reject) => {
  worker.onerror = ({ message }) => reject(new Error(message));
});

Object.assign(globalThis, { ask });

async function ask(message: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<unknown>((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<{ value: unknown } | { fault: string }>) =>
      'fault' in data ? reject(new Error(data.fault)) : resolve(data.value);
  });
  const page = watchPage();
  worker.postMessage(message, [port2, page]);
  return Promise.race([answered, failed]);
}

if (location.hash !== '') {
  const { question, answerTo } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const answer = await ask(question).then(
    (value) => ({ value }),
    (thrown: unknown) => ({ fault: String(thrown) }),
  );
  location.href = `${answerTo}?${encodeURIComponent(JSON.stringify(answer))}`;
}
