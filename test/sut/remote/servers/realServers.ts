import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartOptions } from '../../../cli/loadgen.js';

export const PROTOCOLS = ['http', 'grpc'] as const;
export type Protocol = (typeof PROTOCOLS)[number];
type Ports = Readonly<Record<Protocol, number>>;

interface Command extends StartOptions {
  readonly file: string;
  readonly arguments: readonly string[];
}

interface ExpectedOfProtocol {
  readonly transport: string;
  /** That are asked for to see whether any is lost: as many as take a few seconds. */
  readonly queries: number;
}

/** A server that others made, serving the toy model: the first 512 values of each image. */
export interface RealServer {
  readonly name: string;
  readonly version: string;
  /** For pip; the first is the server. */
  readonly packages: readonly string[];
  readonly hasStatistics: boolean;
  readonly modelPlatform: string;
  readonly modelVersion: string;
  readonly protocols: Readonly<Record<Protocol, ExpectedOfProtocol>>;
  /** What pip leaves to do. */
  readonly complete?: (environment: string) => void;
  readonly command: (environment: string, ports: Ports) => Command;
}

const BINARY = 'REST, binary tensors';
const GRPC = 'gRPC, raw tensors';
/** Sources of the toy models. */
const FOLDER = fileURLToPath(new URL('../../../../../test/sut/remote/servers', import.meta.url));

export const REAL_SERVERS: readonly RealServer[] = [
  {
    ...{ name: 'kserve', version: '0.21.0', packages: ['kserve==0.21.0', 'numpy==2.4.6'] },
    ...{ hasStatistics: false, modelPlatform: 'unknown', modelVersion: 'unknown' },
    protocols: { http: { transport: BINARY, queries: 20 }, grpc: { transport: GRPC, queries: 200 } },
    command: (environment, { http, grpc }) => ({
      file: pythonOf(environment),
      arguments: [join(FOLDER, 'kserve', 'serve.py'), String(http), String(grpc)],
    }),
  },
  {
    ...{ name: 'mlserver', version: '1.7.1', packages: ['mlserver==1.7.1', 'numpy==2.4.6'] },
    ...{ hasStatistics: false, modelPlatform: 'unknown', modelVersion: '1' },
    // Binary tensors are taken, but not given back: status 500.
    protocols: {
      http: { transport: 'REST, tensors in JSON', queries: 50 },
      grpc: { transport: GRPC, queries: 200 },
    },
    command: (environment, { http, grpc }) => ({
      file: join(environment, 'bin', 'mlserver'),
      arguments: ['start', join(FOLDER, 'mlserver')],
      env: {
        ...{ MLSERVER_HOST: '127.0.0.1', MLSERVER_HTTP_PORT: String(http), MLSERVER_GRPC_PORT: String(grpc) },
        ...{ MLSERVER_METRICS_ENDPOINT: '', MLSERVER_PARALLEL_WORKERS: '0' },
      },
    }),
  },
  {
    // The package brings the whole server, and starts it with models of its own; here it gets a model repository.
    ...{ name: 'triton', version: '2.51.0', packages: ['nvidia-pytriton==0.7.0', 'numpy==1.26.4'] },
    ...{ hasStatistics: true, modelPlatform: 'python', modelVersion: '1' },
    protocols: { http: { transport: BINARY, queries: 10_000 }, grpc: { transport: GRPC, queries: 10_000 } },
    complete: (environment) => {
      const stub = 'triton_python_backend_stub';
      const [tritonFolder, version] = [tritonFolderOf(environment), askPython(environment, 'py_version_short')];
      copyFileSync(
        join(tritonFolder, 'python_backend_stubs', version, stub),
        join(tritonFolder, 'backends', 'python', stub),
      );
    },
    command: (environment, { http, grpc }) => ({
      file: join(tritonFolderOf(environment), 'bin', 'tritonserver'),
      arguments: [
        ...['--model-repository', join(FOLDER, 'triton')],
        ...['--backend-directory', join(tritonFolderOf(environment), 'backends')],
        ...['--http-address', '127.0.0.1', '--http-port', String(http)],
        ...['--grpc-address', '127.0.0.1', '--grpc-port', String(grpc), '--allow-metrics', 'false'],
      ],
      // Its Python backend finds packages by the first python3 of the path, and wants Python as a library.
      env: {
        PATH: `${join(environment, 'bin')}:${process.env.PATH}`,
        LD_LIBRARY_PATH: askPython(environment, 'LIBDIR'),
      },
    }),
  },
];

export function pythonOf(environment: string): string {
  return join(environment, 'bin', 'python');
}

function tritonFolderOf(environment: string): string {
  return join(
    environment,
    'lib',
    `python${askPython(environment, 'py_version_short')}`,
    'site-packages/pytriton/tritonserver',
  );
}

/** A variable of Python's configuration. */
function askPython(environment: string, variable: string): string {
  const code = `import sysconfig; print(sysconfig.get_config_var('${variable}'))`;
  return spawnSync(pythonOf(environment), ['-c', code], { encoding: 'utf8' }).stdout.trim();
}
