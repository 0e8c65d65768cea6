import { ENGINES_IN_PAGES, type PageEngineName } from '../shared/pageEngines.js';
import type { PageEngine } from './pageEngine.js';

/** Each in a script of its own, loaded by who measures it. */
const MODULES: Readonly<Record<PageEngineName, () => Promise<PageEngine>>> = {
  'tfjs-tflite': () => import('./tfjsTflite.js'),
};

export function importPageEngine(name: string): Promise<PageEngine> {
  const found = ENGINES_IN_PAGES.find((engine) => engine.name === name);
  if (found === undefined) throw new RangeError(`there is no engine ${name}`);
  return MODULES[found.name]();
}
