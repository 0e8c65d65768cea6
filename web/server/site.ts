/** All that a page is made of, by the path that it is asked for by. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError } from '../../base/errors.js';
import { sha256Of } from '../../platform/node/files.js';
import { findOptionalPackage } from '../../sut/optionalPackage.js';
import { OWN_WEIGHTS, REFERENCE_FACES } from '../../sut/sphereface20/ownFiles.js';
import { FILE, MANIFEST_PATH, type Manifest, type ServedFile } from '../shared/manifest.js';
import { ENGINES_IN_PAGES, runtimeFileName } from '../shared/pageEngines.js';

/** Where `npm run build` puts the page's own files. */
export const BUILT_PAGE = fileURLToPath(new URL('../../../dist/web/built/', import.meta.url));
export const INDEX = 'index.html';
/** Of files that are known by their content or version. */
export const LASTING_FOLDER = 'files';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

export interface SiteFile {
  readonly type: string;
  /** Whether another content has another path, so that it may be kept for good. */
  readonly isLasting: boolean;
  /** Whether it becomes much smaller. */
  readonly isCompressible: boolean;
  read(): Promise<Uint8Array>;
}

/** What is to be measured: all of a manifest that is not about the page's files, and the faces. */
export interface SiteContent extends Omit<Manifest, 'files' | 'runtimes' | 'model'> {
  /** Those of the pairs A, B, A, B, ..., aligned. */
  readonly faces: Uint8Array;
}

export interface Site {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Engines that cannot be handed out, and why. */
  readonly missing: readonly { readonly engine: string; readonly reason: string }[];
}

/** @throws WEB_PAGE if the page has not been built */
export async function gatherSite({ faces, ...content }: SiteContent, builtPage = BUILT_PAGE): Promise<Site> {
  const files = new Map<string, SiteFile>();
  const served: Record<string, ServedFile> = {};
  const runtimes: Record<string, string> = {};
  const missing: { engine: string; reason: string }[] = [];
  const add = (name: string, file: ServedFile, read: () => Promise<Uint8Array>) => {
    served[name] = file;
    const isCompressible = name !== FILE.weights && name !== FILE.reference;
    files.set(file.path, { type: typeOf(name), isLasting: true, isCompressible, read });
  };
  for (const [name, { file, sha256 }] of [
    [FILE.weights, OWN_WEIGHTS],
    [FILE.reference, REFERENCE_FACES],
  ] as const)
    add(name, { path: lastingPath(sha256, name), bytes: (await stat(file)).size, sha256 }, () => readFile(file));
  const facesSha256 = sha256Of(faces);
  const facesPath = lastingPath(facesSha256, FILE.pairs);
  add(FILE.pairs, { path: facesPath, bytes: faces.length, sha256: facesSha256 }, async () => faces);
  for (const { name, runtime } of ENGINES_IN_PAGES) {
    try {
      const { folder, version } = findOptionalPackage(runtime.package, name);
      for (const file of runtime.files) {
        const onDisk = join(folder, runtime.folder, file);
        const path = `${LASTING_FOLDER}/${runtime.package.replace('/', '-')}@${version}/${file}`;
        add(runtimeFileName(name, file), { path, bytes: (await stat(onDisk)).size }, () => readFile(onDisk));
      }
      runtimes[name] = version;
    } catch (thrown) {
      if (!(thrown instanceof LoadGenError)) throw thrown;
      missing.push({ engine: name, reason: thrown.message });
    }
  }
  for (const [path, file] of await builtFiles(builtPage)) files.set(path, file);
  const model = { name: OWN_WEIGHTS.name, weightsSha256: OWN_WEIGHTS.sha256 };
  const manifest: Manifest = { ...content, model, files: served, runtimes };
  const json = new TextEncoder().encode(JSON.stringify(manifest));
  files.set(MANIFEST_PATH, { ...changing(MANIFEST_PATH), read: async () => json });
  return { manifest, files, missing };
}

async function builtFiles(folder: string): Promise<[string, SiteFile][]> {
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes(INDEX)) {
    throw new LoadGenError('WEB_PAGE', `the page is not in ${folder}`, { hint: 'Run "npm run build" once.' });
  }
  return names.map((name) => [name, { ...changing(name), read: () => readFile(join(folder, name)) }]);
}

function changing(name: string) {
  return { type: typeOf(name), isLasting: false, isCompressible: true } as const;
}

/** Another content has another digest, so that who has the file need not ask again. */
function lastingPath(sha256: string, name: string): string {
  return `${LASTING_FOLDER}/${sha256.slice(0, 16)}/${name}`;
}

function typeOf(name: string): string {
  return TYPES[extname(name)] ?? 'application/octet-stream';
}
