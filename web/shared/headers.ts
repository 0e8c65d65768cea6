/** What a page may do, and what it is kept from: it has no business with any other server. */

import { LASTING_FOLDER } from './manifest.js';

/** Isolates the page, so that it has shared memory and a precise clock. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Runtimes compile WebAssembly and make functions of text. */
const WORKER_POLICY = ["default-src 'none'", "script-src 'self' 'unsafe-eval'", "connect-src 'self'"].join('; ');

/** The worker that measures, and the scripts of runtimes, which start threads. */
const isOfWorker = (path: string) => path === 'worker.js' || path.startsWith(`${LASTING_FOLDER}/`);

/** Of one of the page's files, whoever serves it. */
export function securityHeadersOf(path: string): Record<string, string> {
  return {
    ...ISOLATION,
    'content-security-policy': isOfWorker(path) ? WORKER_POLICY : PAGE_POLICY,
    'referrer-policy': 'no-referrer',
  };
}
