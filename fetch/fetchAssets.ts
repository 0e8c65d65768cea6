import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvHttpProxyAgent } from 'undici';
import { makeFolder } from '../platform/node/files.js';
import { withLockedFolder } from '../platform/node/lock.js';
import type { Asset, RemoteFile } from './assets.js';
import type { StartProgress } from './downloadAttempt.js';
import { onFile } from './fileFailure.js';
import { filesOf, installAsset, isInstalled, recoverAsset } from './installAsset.js';
import { checkMirror, fromMirror } from './mirror.js';
import { type ObtainOptions, obtainFile } from './obtainFile.js';
import { recognizeFiles } from './recognizeFiles.js';

export interface FetchOptions {
  readonly assets: readonly Asset[];
  /** Each asset becomes a folder in this one. */
  readonly folder: string;
  /** Files that were got by other means: recognised by their digests, used in place of a download. */
  readonly from?: readonly string[] | undefined;
  /** The address of a folder to ask in place of the known mirrors; holds the files by their names. */
  readonly mirror?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly startProgress?: StartProgress;
  readonly onNotice?: ObtainOptions['onNotice'];
  /** How long a server may take to accept a connection, and be silent after that. */
  readonly connectMs?: number;
  readonly silenceMs?: number;
  readonly wait?: ObtainOptions['wait'];
}

export interface FetchedAsset {
  readonly asset: Asset;
  /** Its folder. */
  readonly path: string;
  /** Whether it was there before. */
  readonly wasThere: boolean;
}

/**
 * Fetches what is not there yet: downloads with their digests checked, unpacked, each asset moved into place as a whole.
 * What was downloaded stays if this ends early, and is gone on with the next time.
 *
 * @throws LoadGenError `FETCH_DOWNLOAD`, `FETCH_ARCHIVE`, `FETCH_FILE`, `FOLDER_LOCKED`, `FETCH_FROM`, `FETCH_MIRROR`,
 *   `MACHINE_LIMIT`; the signal's reason
 */
export async function fetchAssets(options: FetchOptions): Promise<FetchedAsset[]> {
  const { assets, signal } = options;
  const folder = resolve(options.folder);
  const downloads = join(folder, 'downloads');
  const given = await recognizeFiles(options.from ?? [], assets.flatMap(filesOf), signal);
  if (options.mirror !== undefined) checkMirror(options.mirror);
  await onFile('write', downloads, async () => makeFolder(downloads));
  return withLockedFolder('FETCH_WRITE', folder, async () => {
    const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: options.connectMs ?? 30_000 } });
    try {
      const download = {
        dispatcher,
        signal,
        silenceMs: options.silenceMs ?? 30_000,
        startProgress: options.startProgress ?? (() => ({ update: () => {}, stop: () => {} })),
        onNotice: options.onNotice ?? (() => {}),
        wait: options.wait ?? waitOnTimer,
      };
      const obtain = async (file: RemoteFile): Promise<string> =>
        given.get(file.digest.hex) ?? obtainFile(fromMirror(file, options.mirror), downloads, download);
      const fetched: FetchedAsset[] = [];
      for (const asset of assets) {
        await recoverAsset(asset, folder);
        const wasThere = await isInstalled(asset, folder, signal);
        if (!wasThere) await installAsset(asset, folder, obtain, download);
        fetched.push({ asset, path: join(folder, asset.name), wasThere });
      }
      await removeDownloads(assets, downloads);
      return fetched;
    } finally {
      await dispatcher.destroy();
    }
  });
}

/** Once all is in place, what was downloaded for it is in the way; parts of other assets' files stay. */
async function removeDownloads(assets: readonly Asset[], downloads: string): Promise<void> {
  await onFile('write', downloads, async () => {
    for (const { fileName } of assets.flatMap(filesOf)) await rm(join(downloads, fileName), { force: true });
  });
}

async function waitOnTimer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  signal?.throwIfAborted();
}
