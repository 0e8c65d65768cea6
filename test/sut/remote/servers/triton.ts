import { copyFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askPython, BINARY, GRPC, type Place, type RealServer, sourceOf } from './realServer.js';

/** The package brings the whole server, with its Python backend alone. */
export const TRITON: RealServer = {
  ...{ name: 'triton', version: '2.51.0' },
  packages: ['nvidia-pytriton==0.7.0', 'numpy==1.26.4', 'onnxruntime==1.23.2'],
  complete(environment) {
    const stub = 'triton_python_backend_stub';
    const ofVersion = join(folderOf(environment), 'python_backend_stubs', askPython(environment, 'py_version_short'));
    copyFileSync(join(ofVersion, stub), join(folderOf(environment), 'backends', 'python', stub));
  },
  toy: {
    ...{ hasStatistics: true, modelPlatform: 'python', modelVersion: '1' },
    ways: [
      { protocol: 'http', transport: 'REST, shared memory', queries: 10_000 },
      { protocol: 'grpc', transport: 'gRPC, shared memory', queries: 10_000 },
      { protocol: 'http', transport: BINARY, asElsewhere: true, queries: 10_000 },
      { protocol: 'grpc', transport: GRPC, asElsewhere: true, queries: 10_000 },
    ],
    command: (place) => command(place, sourceOf('triton')),
  },
  example: {
    ...{ protocols: ['http', 'grpc'], format: 'triton' },
    // What is exported is for the ONNX Runtime backend: here its file is run by the same library in the Python backend.
    async prepare({ folder }) {
      const config = join(folder, 'sphereface20', 'config.pbtxt');
      const text = await readFile(config, 'utf8');
      await writeFile(config, text.replace('backend: "onnxruntime"', 'backend: "python"'));
      await copyFile(sourceOf('triton-onnx', 'model.py'), join(folder, 'sphereface20', '1', 'model.py'));
    },
    command: (place) => command(place, place.folder),
  },
};

function command({ environment, ports }: Place, repository: string) {
  return {
    file: join(folderOf(environment), 'bin', 'tritonserver'),
    arguments: [
      ...['--model-repository', repository, '--backend-directory', join(folderOf(environment), 'backends')],
      ...['--http-address', '0.0.0.0', '--http-port', String(ports.http)],
      ...['--grpc-address', '0.0.0.0', '--grpc-port', String(ports.grpc), '--allow-metrics', 'false'],
    ],
    // Its Python backend finds packages by the first python3 of the path, and wants Python as a library.
    env: {
      PATH: `${join(environment, 'bin')}:${process.env.PATH}`,
      LD_LIBRARY_PATH: askPython(environment, 'LIBDIR'),
    },
  };
}

function folderOf(environment: string): string {
  const packages = join(environment, 'lib', `python${askPython(environment, 'py_version_short')}`, 'site-packages');
  return join(packages, 'pytriton', 'tritonserver');
}
