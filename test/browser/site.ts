import { once } from 'node:events';
import { createServer } from 'node:http';

/** A site on the loopback interface whose pages are isolated from others, as precise clocks and shared memory want it. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** @param files by path; `/` is an HTML page, all others are scripts */
export async function serveSite(files: Readonly<Record<string, string>>, headers: object = ISOLATION): Promise<Site> {
  const server = createServer(({ url = '' }, response) => {
    const content = files[url];
    if (content === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': url === '/' ? 'text/html' : 'text/javascript', ...headers })
        .end(content);
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
