import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartOptions } from '../../../cli/loadgen.js';

export type Protocol = 'http' | 'grpc';

/** A server that others made. */
export interface RealServer {
  readonly name: string;
  readonly version: string;
  /** For pip; the first is the server. */
  readonly packages: readonly string[];
  /** What pip leaves to do. */
  readonly complete?: (environment: string) => void;
  readonly toy?: ToyServer;
  readonly example?: ExampleServer;
}

/** How a server is started with a model. */
export interface Start {
  readonly command: (place: Place) => Command;
}

export interface Place {
  /** A virtual environment of Python. */
  readonly environment: string;
  readonly ports: Readonly<Record<Protocol, number>>;
  /** Its own, for the time of the tests. */
  readonly folder: string;
}

interface Command extends StartOptions {
  readonly file: string;
  readonly arguments: readonly string[];
}

/** With the toy model: the first 512 values of each image. */
interface ToyServer extends Start {
  readonly hasStatistics: boolean;
  readonly modelPlatform: string;
  readonly modelVersion: string;
  readonly ways: readonly Way[];
}

/** How the server is asked. */
interface Way {
  readonly protocol: Protocol;
  readonly transport: string;
  /** Asked by an address that does not say that the server is on this machine. */
  readonly asElsewhere?: boolean;
  /** That are asked for to see whether any is lost: as many as take a few seconds. */
  readonly queries: number;
}

/** With the network, as an example shows it. */
interface ExampleServer extends Start {
  readonly protocols: readonly Protocol[];
  /** What `model export` writes into the folder. */
  readonly format: 'onnx' | 'triton';
  /** What else has to be in the folder. */
  readonly prepare: (place: Place) => Promise<void>;
}

export const BINARY = 'REST, binary tensors';
export const GRPC = 'gRPC, raw tensors';

/** A source that is not compiled, in a folder beside this file. */
export function sourceOf(...path: readonly string[]): string {
  return fileURLToPath(new URL(['../../../../../test/sut/remote/servers', ...path].join('/'), import.meta.url));
}

export function exampleOf(...path: readonly string[]): string {
  return fileURLToPath(new URL(['../../../../../examples', ...path].join('/'), import.meta.url));
}

export function pythonOf(environment: string): string {
  return join(environment, 'bin', 'python');
}

/** A variable of Python's configuration. */
export function askPython(environment: string, variable: string): string {
  const code = `import sysconfig; print(sysconfig.get_config_var('${variable}'))`;
  return spawnSync(pythonOf(environment), ['-c', code], { encoding: 'utf8' }).stdout.trim();
}
