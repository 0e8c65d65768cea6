/** The program of a thread of TFLite's build with threads: a browser's worker, as far as Emscripten's script uses it. */
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

const script: string = workerData;
const global: { onmessage?: (event: { readonly data: unknown }) => void } = Object(globalThis);

function importScripts(file: string): void {
  runInThisContext(readFileSync(file, 'utf8'), { filename: file });
}

Object.assign(globalThis, {
  self: globalThis,
  location: { href: script },
  postMessage: (message: unknown) => parentPort?.postMessage(message),
  importScripts,
});
importScripts(script);
parentPort?.on('message', (data: unknown) => global.onmessage?.({ data }));
