import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleOf, type RealServer } from './realServer.js';

export const RAY_SERVE: RealServer = {
  ...{ name: 'ray-serve', version: '2.60.0', packages: ['ray[serve]==2.60.0', 'numpy==2.4.6', 'onnxruntime==1.32.0'] },
  example: {
    ...{ protocols: ['http'], format: 'onnx' },
    // The port can be set in a file alone. JSON is YAML.
    prepare: ({ ports, folder }) =>
      writeFile(
        join(folder, 'serve.yaml'),
        JSON.stringify({
          http_options: { host: '127.0.0.1', port: ports.http },
          applications: [{ import_path: 'app:build', args: { model: join(folder, 'sphereface20.onnx'), replicas: 2 } }],
        }),
      ),
    command: ({ environment, folder }) => ({
      file: join(environment, 'bin', 'serve'),
      arguments: ['run', join(folder, 'serve.yaml')],
      // Processes that it starts look for the application there.
      cwd: exampleOf('ray-serve'),
      env: {
        PATH: `${join(environment, 'bin')}:${process.env.PATH}`,
        // Otherwise it makes a token in the home folder.
        ...{ RAY_AUTH_TOKEN: randomUUID(), RAY_USAGE_STATS_ENABLED: '0' },
      },
    }),
  },
};
