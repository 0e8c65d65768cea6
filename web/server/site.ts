/** All that a page is made of, by the path that it is asked for by. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError } from '../../base/errors.js';
import { sha256Of } from '../../platform/node/files.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { OWN_WEIGHTS, REFERENCE_FACES } from '../../sut/sphereface20/ownFiles.js';
import { toDifferences } from '../shared/faceDifferences.js';
import {
  FILE,
  INT8_MODELS,
  LASTING_FOLDER,
  MANIFEST_PATH,
  type Manifest,
  type ServedFile,
} from '../shared/manifest.js';
import { runtimeFileName } from '../shared/pageEngines.js';
import { readRuntimes, runtimeContent } from './builtRuntimes.js';
import { compress, int8Content, readInt8Models } from './int8Models.js';

/** Where `npm run build` puts the page's own files. */
export const BUILT_PAGE = fileURLToPath(new URL('../../../dist/web/built/', import.meta.url));
export const INDEX = 'index.html';

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
  /** The same compressed, where it is kept so. */
  readonly brotli?: (() => Promise<Uint8Array>) | undefined;
}

/** What is to be measured: all of a manifest that is not about the page's files, and the faces. */
export interface SiteContent extends Omit<Manifest, 'files' | 'runtimes' | 'model'> {
  /** Those of the pairs A, B, A, B, ..., aligned. */
  readonly faces: Uint8Array;
}

export interface Site {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, SiteFile>;
}

/** @throws WEB_PAGE if the page has not been built */
export async function gatherSite({ faces, ...content }: SiteContent): Promise<Site> {
  const files = new Map<string, SiteFile>(await builtFiles());
  const served: Record<string, ServedFile> = {};
  const add = (name: string, file: Omit<ServedFile, 'path'>, content: Pick<SiteFile, 'read' | 'brotli'>) => {
    const path = lastingPath(file.sha256, basename(name));
    const isCompressible = content.brotli !== undefined;
    served[name] = { path, ...file };
    files.set(path, { type: typeOf(name), isLasting: true, isCompressible, ...content });
  };
  const addCompressed = async (name: string, content: Uint8Array) => {
    const compressed = await compress(content);
    add(
      name,
      { bytes: content.length, compressedBytes: compressed.length, sha256: sha256Of(content) },
      { read: async () => content, brotli: async () => compressed },
    );
  };
  const { file: weightsFile, sha256 } = OWN_WEIGHTS;
  add(FILE.weights, { bytes: (await stat(weightsFile)).size, sha256 }, { read: () => readFile(weightsFile) });
  await addCompressed(FILE.reference, await readFile(REFERENCE_FACES.file));
  await addCompressed(FILE.pairs, toDifferences(faces, SPHEREFACE20_SHAPE.inputWidth));
  const int8Models = await readInt8Models();
  for (const format of ['tflite', 'onnx'] as const) add(INT8_MODELS[format], int8Models[format], int8Content(format));
  const runtimes: Record<string, string> = {};
  for (const [engine, { version, files: ofRuntime }] of Object.entries(await readRuntimes())) {
    runtimes[engine] = version;
    for (const [name, file] of Object.entries(ofRuntime)) {
      const { bytes, compressedBytes, sha256 } = file;
      add(runtimeFileName(engine, name), { bytes, compressedBytes, sha256 }, runtimeContent(file));
    }
  }
  const model = { name: OWN_WEIGHTS.name, weightsSha256: OWN_WEIGHTS.sha256 };
  const manifest: Manifest = { ...content, model, files: served, runtimes };
  const json = new TextEncoder().encode(JSON.stringify(manifest));
  files.set(MANIFEST_PATH, { ...changing(MANIFEST_PATH), read: async () => json });
  return { manifest, files };
}

async function builtFiles(): Promise<[string, SiteFile][]> {
  const entries = await readdir(BUILT_PAGE, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  if (!names.includes(INDEX)) {
    throw new LoadGenError('WEB_PAGE', `the page is not in ${BUILT_PAGE}`, { hint: 'Run "npm run build" once.' });
  }
  return names.map((name) => [name, { ...changing(name), read: () => readFile(join(BUILT_PAGE, name)) }]);
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
