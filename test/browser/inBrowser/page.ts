/** In the page: starts the worker, and asks it what the test asks the page. */
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
