import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { z } from 'zod';
import { makeFolder, sha256Of } from '../platform/node/files.js';
import { writeWholeSync } from '../platform/node/wholeFile.js';
import { BUILT_RUNTIMES, RUNTIMES_LIST, type RuntimeFile, type Runtimes } from '../web/server/builtRuntimes.js';
import { ENGINES_IN_PAGES } from '../web/shared/pageEngines.js';

/** A fifth larger than it could be, in a thirtieth of the time. */
const QUALITY = 6;

const ENDING = '.br';

const compress = promisify(brotliCompress);

/** Where packages are; not all of them let their own manifest be found. */
const PACKAGES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const manifestSchema = z.object({ version: z.string() });

/** Compresses the files of the engines' runtimes; those that have been are left as they are. */
export async function packRuntimes(): Promise<void> {
  makeFolder(BUILT_RUNTIMES);
  const runtimes: Runtimes = {};
  for (const { name, runtime } of ENGINES_IN_PAGES) {
    const source = join(PACKAGES, runtime.package);
    const { version } = manifestSchema.parse(JSON.parse(await readFile(join(source, 'package.json'), 'utf8')));
    const files: Record<string, RuntimeFile> = {};
    for (const file of runtime.builds.flat()) {
      const stored = `${runtime.package.replace('/', '-')}@${version}-${file}${ENDING}`;
      files[file] = await pack(join(source, runtime.folder, file), stored);
    }
    runtimes[name] = { version, files };
  }
  writeWholeSync(join(BUILT_RUNTIMES, RUNTIMES_LIST), `${JSON.stringify(runtimes, null, 2)}\n`);
  await removeOthers(runtimes);
}

async function pack(file: string, stored: string): Promise<RuntimeFile> {
  const content = await readFile(file);
  const target = join(BUILT_RUNTIMES, stored);
  if (!existsSync(target)) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    writeWholeSync(target, await compress(content, { params }));
  }
  return {
    stored,
    bytes: content.length,
    compressedBytes: (await stat(target)).size,
    sha256: sha256Of(content),
  };
}

/** What earlier versions have left. */
async function removeOthers(runtimes: Runtimes): Promise<void> {
  const wanted = Object.values(runtimes).flatMap(({ files }) => Object.values(files).map(({ stored }) => stored));
  for (const name of await readdir(BUILT_RUNTIMES))
    if (name.endsWith(ENDING) && !wanted.includes(name)) await rm(join(BUILT_RUNTIMES, name));
}
