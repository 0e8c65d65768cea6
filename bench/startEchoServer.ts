import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Of the echo server, for each protocol. */
export interface EchoPorts {
  readonly http: number;
  readonly grpc: number;
}

/** Starts the server that computes nothing, in a process of its own. */
export async function startEchoServer(): Promise<{ readonly ports: EchoPorts; end(): void }> {
  const server = fork(fileURLToPath(new URL('./echoServer.js', import.meta.url)));
  const [ports] = await once(server, 'message');
  return { ports, end: () => server.disconnect() };
}
