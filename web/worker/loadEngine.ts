import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import type { Engine } from '../../sut/engine.js';
import { importPageEngine } from '../engines/index.js';
import type { Preparation, RunOrder } from '../shared/messages.js';
import { findPageEngine, runtimeFileName } from '../shared/pageEngines.js';
import type { FileLoader } from './fileLoader.js';
import { makeModel } from './makeModel.js';

export interface LoadedEngine {
  readonly engine: Engine;
  /** What logs say of its model. */
  readonly configuration: SystemConfiguration;
}

/**
 * An engine with the benchmark's model.
 *
 * @throws what engine and model throw
 */
export async function loadEngine(
  {
    manifest,
    base,
    engine: given,
    precision,
    threads,
  }: Pick<RunOrder, 'manifest' | 'base' | 'engine' | 'precision' | 'threads'>,
  loader: FileLoader,
  onPreparation: (preparation: Preparation) => void,
): Promise<LoadedEngine> {
  const { name, format } = findPageEngine(given);
  const { createEngine } = await importPageEngine(name);
  const { model, configuration } = await makeModel({ format, precision }, manifest, loader, () =>
    onPreparation('model'),
  );
  onPreparation('engine');
  const engine = await createEngine(model, {
    ...{ precision, threads },
    version: manifest.runtimes[name] ?? 'unknown',
    load: (file) => loader.load(runtimeFileName(name, file)),
    addressOf: (file) => new URL(manifest.files[runtimeFileName(name, file)]?.path ?? '', base).href,
  });
  return { engine, configuration };
}
