import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Asset } from '../../../fetch/assets.js';
import { isInstalled } from '../../../fetch/installAsset.js';
import { startNode } from '../../cli/loadgen.js';
import { gzipped } from '../../fetch/archives.js';
import { assetOf, CONTENT, fileOf } from '../../fetch/fetching.js';
import { type Answer, type HasEnd, listen } from '../../fetch/testServer.js';
import { hasAppeared } from './hasAppeared.js';
import type { KilledCommand } from './killedCommand.js';

const PROGRAM = fileURLToPath(new URL('./fetchThing.js', import.meta.url));
const ENTRIES = 400;
const PIECE_BYTES = 20_000;
const PIECE_MS = 10;
const EARLIER = 'an earlier version\n';

const archive = gzipped(
  ...Array.from({ length: ENTRIES }, (_, index) => ({
    path: `images/${index}.txt`,
    content: `${index}\n`.repeat(200),
  })),
);

/** A file and an archive take the place of an earlier version, from a server that takes its time. */
export function fetchFrom(url: string): KilledCommand {
  const asset: Asset = {
    ...assetOf(fileOf(CONTENT, [`${url}file`])),
    archive: { ...fileOf(archive, [`${url}archive`], 'images.tgz'), maxEntries: ENTRIES, maxUnpackedBytes: 1 << 24 },
  };
  return {
    name: 'fetch',
    exitCodes: [0],
    repeats: false,
    prepare: async (folder) => {
      writeFileSync(join(folder, 'asset.json'), JSON.stringify(asset));
      mkdirSync(join(folder, 'fetched', 'thing'), { recursive: true });
      writeFileSync(join(folder, 'fetched', 'thing', 'file.bin'), EARLIER);
    },
    start: (cwd, env) => startNode([PROGRAM], { cwd, env }),
    hasBegun: (folder, running) => hasAppeared(join(folder, 'fetched', '.loadgen.lock'), running),
    faultOfRest: async (folder) => {
      const fetched = join(folder, 'fetched');
      if (await isInstalled(asset, fetched)) return faultOfThing(fetched);
      const thing = ['thing', 'thing.earlier'].map((name) => join(fetched, name, 'file.bin')).find(existsSync);
      return thing !== undefined && readFileSync(thing, 'utf8') === EARLIER ? undefined : 'the earlier version is gone';
    },
    faultOfWhole: async (folder) => {
      const fetched = join(folder, 'fetched');
      return (await isInstalled(asset, fetched)) ? faultOfThing(fetched) : 'it is not installed';
    },
  };
}

/** As its digests say, and all that the archive holds. */
function faultOfThing(fetched: string): string | undefined {
  const images = readdirSync(join(fetched, 'thing', 'images'));
  return images.length === ENTRIES ? undefined : `${images.length} images of ${ENTRIES} are there`;
}

function inPieces(bytes: Buffer): Answer {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const range = start === 0 ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(start === 0 ? 200 : 206, { etag: '"v1"', 'content-length': bytes.length - start, ...range });
    void (async () => {
      for (let at = start; at < bytes.length && !response.destroyed; at += PIECE_BYTES) {
        response.write(bytes.subarray(at, at + PIECE_BYTES));
        await sleep(PIECE_MS);
      }
      response.end();
    })();
  };
}

/** @returns its address */
export function startThingServer(t: HasEnd): Promise<string> {
  const [file, ofArchive] = [inPieces(CONTENT), inPieces(archive)];
  return listen(t, (request, response) => (request.url === '/file' ? file : ofArchive)(request, response));
}
