/** An asset of one file, and fetching it into a folder of the test's own. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Asset, RemoteFile } from '../../fetch/assets.js';
import { type FetchedAsset, type FetchOptions, fetchAssets } from '../../fetch/fetchAssets.js';

// The servers of these tests are on this machine, whatever proxy it may use otherwise.
process.env.no_proxy = '127.0.0.1';

/** So much that it does not fit into a socket's buffers at once. */
export const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31 + (index >> 8)) & 255));

export function fileOf(bytes: Buffer, urls: readonly string[], fileName = 'file.bin'): RemoteFile {
  const hex = createHash('sha256').update(bytes).digest('hex');
  return { fileName, urls, digest: { algorithm: 'sha256', hex }, maxBytes: bytes.length };
}

export function assetOf(...files: readonly RemoteFile[]): Asset {
  return { name: 'thing', title: 'A thing', source: 'a test', licence: 'CC0', files };
}

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fetch-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Fetching {
  readonly fetched: Promise<FetchedAsset[]>;
  /** The waits between attempts, in milliseconds: each takes a moment only. */
  readonly waits: number[];
  readonly notices: string[];
}

export function startFetching(options: FetchOptions): Fetching {
  const waits: number[] = [];
  const notices: string[] = [];
  const fetched = fetchAssets({
    wait: async (ms) => {
      waits.push(ms);
      // A second at least in the product: by then a connection that the server has ended is known to be.
      await setTimeout(20);
    },
    onNotice: (text) => notices.push(text),
    ...options,
  });
  return { fetched, waits, notices };
}

/** Fetches `CONTENT` from these places; gives what came of it. */
export async function fetchContent(
  t: TestContext,
  urls: readonly string[],
  options: Partial<FetchOptions> = {},
): Promise<{ bytes: Buffer; waits: readonly number[]; notices: readonly string[] }> {
  const folder = options.folder ?? (await temporaryFolder(t));
  const { fetched, waits, notices } = startFetching({ assets: [assetOf(fileOf(CONTENT, urls))], ...options, folder });
  await fetched;
  return { bytes: await readFile(join(folder, 'thing', 'file.bin')), waits, notices };
}
