import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../../../cli/loadgen.js';
import { environmentOf } from './environments.js';
import type { Place, Protocol, RealServer, Start } from './realServer.js';

const START_LIMIT_MS = 120_000;
const END_LIMIT_MS = 20_000;

export interface RunningServer {
  /** The model's, as a system's name. */
  readonly addresses: Readonly<Record<Protocol, string>>;
  /** @returns what it printed */
  end(): Promise<string>;
}

interface StartOptions extends Start {
  readonly server: RealServer;
  readonly model: string;
  readonly prepare?: (place: Place) => Promise<void>;
}

/** Starts a server on free ports, and waits until it is ready. */
export async function startServer({ server, model, prepare, command }: StartOptions): Promise<RunningServer> {
  const ports = { http: await freePort(), grpc: await freePort() };
  const folder = await mkdtemp(join(tmpdir(), 'real-server-'));
  const place = { environment: environmentOf(server), ports, folder };
  await prepare?.(place);
  const { file, arguments: args, ...options } = command(place);
  const { process: child, ended } = startProgram(file, args, options);
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  const end = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
    const { stdout, stderr } = await ended;
    clearTimeout(timer);
    await rm(folder, { recursive: true });
    return stdout + stderr;
  };
  const url = `http://127.0.0.1:${ports.http}/v2/models/${model}/ready`;
  if (!(await becomesReady(url, () => hasEnded)))
    throw new Error(`${server.name} was not ready within ${START_LIMIT_MS / 1000} s, or ended:\n${await end()}`);
  const addressOf = (protocol: Protocol) => `${protocol}://127.0.0.1:${ports[protocol]}/v2/models/${model}`;
  return { addresses: { http: addressOf('http'), grpc: addressOf('grpc') }, end };
}

async function becomesReady(url: string, hasEnded: () => boolean): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < START_LIMIT_MS; await wait(100)) {
    if (hasEnded()) return false;
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
  }
  return false;
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
