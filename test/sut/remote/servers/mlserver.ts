import { join } from 'node:path';
import { GRPC, type RealServer, sourceOf } from './realServer.js';

export const MLSERVER: RealServer = {
  ...{ name: 'mlserver', version: '1.7.1', packages: ['mlserver==1.7.1', 'numpy==2.4.6'] },
  toy: {
    ...{ hasStatistics: false, modelPlatform: 'unknown', modelVersion: '1' },
    // Asked by binary tensors, it answers with status 500.
    ways: [
      { protocol: 'http', transport: 'REST, tensors in JSON', queries: 50 },
      { protocol: 'grpc', transport: GRPC, queries: 200 },
    ],
    command: ({ environment, ports }) => ({
      file: join(environment, 'bin', 'mlserver'),
      arguments: ['start', sourceOf('mlserver')],
      env: {
        ...{ MLSERVER_HOST: '127.0.0.1', MLSERVER_HTTP_PORT: String(ports.http) },
        ...{ MLSERVER_GRPC_PORT: String(ports.grpc), MLSERVER_METRICS_ENDPOINT: '', MLSERVER_PARALLEL_WORKERS: '0' },
      },
    }),
  },
};
