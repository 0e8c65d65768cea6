/** Archives made entry by entry, as no honest program makes them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';
import { temporaryFolder } from './fetching.js';

export interface TestEntry extends HeaderData {
  readonly path: string;
  readonly content?: string;
}

/** A tar archive with these entries, each with a valid header. Those without a type are files. */
export function tarOf(...entries: readonly TestEntry[]): Buffer {
  return Buffer.concat([...entries.map(blocksOf), Buffer.alloc(1024)]);
}

export function gzipped(...entries: readonly TestEntry[]): Buffer {
  return gzipSync(tarOf(...entries));
}

export async function archiveFile(t: TestContext, bytes: Buffer): Promise<string> {
  const path = join(await temporaryFolder(t), 'test.tgz');
  await writeFile(path, bytes);
  return path;
}

function blocksOf({ content = '', ...data }: TestEntry): Buffer {
  const header = Buffer.alloc(512);
  new Header({ type: 'File', mode: 0o644, size: content.length, mtime: new Date(0), ...data }).encode(header);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
