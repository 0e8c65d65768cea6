import { LoadGenError } from '../base/errors.js';
import type { EngineModule } from './engine.js';
import { ENGINES, importEngine } from './engines/index.js';
import type { Network } from './networks/network.js';

/**
 * Checks that a network's own model is available in one of an engine's formats.
 *
 * @throws `MODEL_FORMAT` otherwise, naming the engines that run it
 */
export async function checkOwnModel(
  network: Network,
  engineName: string,
  formats: EngineModule['formats'],
): Promise<void> {
  if (hasOwnModel(network, formats)) return;
  const able: string[] = [];
  for (const { name, module } of ENGINES) {
    if (hasOwnModel(network, (await importEngine(module.href)).formats)) able.push(name);
  }
  throw new LoadGenError(
    'MODEL_FORMAT',
    `${engineName} loads ${formats.join(' or ')}, and there is no such model of ${network.name}: expected one of ${able.join(', ')}`,
    { hint: 'Choose one of these with --sut, or give a model that the engine loads with --model.' },
  );
}

/** Weights are converted to any format; a published file stays in its own. */
function hasOwnModel({ source }: Network, formats: EngineModule['formats']): boolean {
  return source.type === 'weights' || formats.includes(source.format);
}
