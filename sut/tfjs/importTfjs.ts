import type * as Core from '@tensorflow/tfjs-core';
import { importOptional } from '../optionalPackage.js';
import type * as Engines from './graphModelEngine.js';

const CORE = '@tensorflow/tfjs-core';
const CONVERTER = '@tensorflow/tfjs-converter';

interface Tfjs<Backend> {
  readonly core: typeof Core;
  readonly backend: Backend;
  readonly engines: typeof Engines;
}

/**
 * Imports what an engine on a backend of TensorFlow.js is made with. None of its packages need be installed.
 *
 * @param importBackend `() => import(backend)`, which registers it
 * @throws SUT_NOT_INSTALLED if a package does not load
 */
export async function importTfjs<Backend>(
  engine: string,
  backend: string,
  importBackend: () => Promise<Backend>,
): Promise<Tfjs<Backend>> {
  const core = await importOptional(CORE, engine, () => import('@tensorflow/tfjs-core'));
  await importOptional(CONVERTER, engine, () => import('@tensorflow/tfjs-converter'));
  const registered = await importOptional(backend, engine, importBackend);
  return { core, backend: registered, engines: await import('./graphModelEngine.js') };
}
