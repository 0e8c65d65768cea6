/** The runtimes of engines as `npm run build` puts them beside the page: compressed once, as they go to browsers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { z } from 'zod';
import { decodeJson } from '../../base/text.js';

export const BUILT_RUNTIMES = fileURLToPath(new URL('../../../dist/web/runtimes/', import.meta.url));
export const RUNTIMES_LIST = 'runtimes.json';

const runtimesSchema = z.record(
  z.string(),
  z.strictObject({
    version: z.string(),
    files: z.record(
      z.string(),
      z.strictObject({
        /** In the same folder, compressed by Brotli. */
        stored: z.string(),
        bytes: z.int(),
        compressedBytes: z.int(),
        /** Of the file as it was. */
        sha256: z.string(),
      }),
    ),
  }),
);

/** By engine, and by file. */
export type Runtimes = z.infer<typeof runtimesSchema>;
export type RuntimeFile = Runtimes[string]['files'][string];

export async function readRuntimes(): Promise<Runtimes> {
  return runtimesSchema.parse(decodeJson(await readFile(join(BUILT_RUNTIMES, RUNTIMES_LIST), 'utf8')));
}

const decompress = promisify(brotliDecompress);

/** Its content, as it was and as it is stored. */
export function runtimeContent({ stored }: RuntimeFile) {
  const brotli = () => readFile(join(BUILT_RUNTIMES, stored));
  return { brotli, read: async () => decompress(await brotli()) };
}
