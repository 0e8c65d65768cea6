import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../../../cli/loadgen.js';
import { environmentOf } from './environments.js';
import type { Protocol, RealServer } from './realServers.js';

const START_LIMIT_MS = 120_000;
const END_LIMIT_MS = 10_000;

export interface RunningServer {
  /** The toy model's, as a system's name. */
  readonly addresses: Readonly<Record<Protocol, string>>;
  end(): Promise<void>;
}

/** Starts a server on free ports, and waits until it is ready. */
export async function startServer(server: RealServer): Promise<RunningServer> {
  const ports = { http: await freePort(), grpc: await freePort() };
  const { file, arguments: args, ...options } = server.command(environmentOf(server), ports);
  const { process: child, ended } = startProgram(file, args, options);
  const end = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
    await ended;
    clearTimeout(timer);
  };
  const died = ended.then(({ exitCode, stdout, stderr }) => {
    throw new Error(`${server.name} ended with exit code ${exitCode} before it was ready:\n${stdout}${stderr}`);
  });
  try {
    await Promise.race([died, untilReady(`http://127.0.0.1:${ports.http}/v2/models/toy/ready`)]);
  } catch (thrown) {
    await end();
    throw thrown;
  }
  died.catch(() => {});
  const addressOf = (protocol: Protocol) => `${protocol}://127.0.0.1:${ports[protocol]}/v2/models/toy`;
  return { addresses: { http: addressOf('http'), grpc: addressOf('grpc') }, end };
}

async function untilReady(url: string): Promise<void> {
  for (const start = performance.now(); performance.now() - start < START_LIMIT_MS; await wait(100)) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`not ready within ${START_LIMIT_MS / 1000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
