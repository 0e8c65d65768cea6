import { BINARY, GRPC, pythonOf, type RealServer, sourceOf } from './realServer.js';

export const KSERVE: RealServer = {
  ...{ name: 'kserve', version: '0.21.0', packages: ['kserve==0.21.0', 'numpy==2.4.6'] },
  toy: {
    ...{ hasStatistics: false, modelPlatform: 'unknown', modelVersion: 'unknown' },
    // It makes lists of numbers of binary tensors.
    ways: [
      { protocol: 'http', transport: BINARY, queries: 20 },
      { protocol: 'grpc', transport: GRPC, queries: 200 },
    ],
    command: ({ environment, ports }) => ({
      file: pythonOf(environment),
      arguments: [sourceOf('kserve', 'serve.py'), String(ports.http), String(ports.grpc)],
    }),
  },
};
