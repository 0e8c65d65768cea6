/** Sets the headers that isolate a page, for hosts that cannot: it answers for all files below its own folder. */
import { securityHeadersOf } from '../shared/headers.js';

/** Of a service worker, as the types of pages do not have it. */
interface ServiceWorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}
interface ExtendableEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as ServiceWorkerScope;

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  const { url } = event.request;
  if (url.startsWith(scope.registration.scope)) event.respondWith(answer(event.request));
});

async function answer(request: Request): Promise<Response> {
  const response = await fetch(request);
  // The browser itself follows where a host sends it to.
  if (response.type === 'opaqueredirect') return response;
  const { body, status, statusText } = response;
  const headers = new Headers(response.headers);
  const path = request.url.slice(scope.registration.scope.length).replace(/[?#].*$/, '');
  for (const [name, value] of Object.entries(securityHeadersOf(path))) headers.set(name, value);
  return new Response(body, { status, statusText, headers });
}
