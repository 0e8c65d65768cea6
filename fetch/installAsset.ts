import { constants, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recoverFolder, removeFolder, replaceFolder } from '../platform/node/replaceFolder.js';
import type { Asset, RemoteFile } from './assets.js';
import { hasDigest } from './digest.js';
import { onFile } from './fileFailure.js';
import { unpackArchive } from './unpack.js';

/** In each asset's folder: what it is, and the digests of what it was made from. Written last. */
const NOTE = 'fetched.json';

/** All that an asset is made from. */
export function filesOf({ files, archive }: Asset): readonly RemoteFile[] {
  return archive === undefined ? files : [archive, ...files];
}

/** Whether the asset is in its folder: made from what the table says, its files unchanged. Unpacked ones are not read. */
export async function isInstalled(asset: Asset, folder: string, signal?: AbortSignal): Promise<boolean> {
  const target = join(folder, asset.name);
  const note = await readFile(join(target, NOTE), 'utf8').catch(() => undefined);
  if (note !== noteOf(asset)) return false;
  for (const { fileName, digest } of asset.files) {
    if (!(await hasDigest(join(target, fileName), digest, signal))) return false;
  }
  return true;
}

/** Removes what a call that was killed has left of its work on the asset's folder. */
export async function recoverAsset(asset: Asset, folder: string): Promise<void> {
  const target = join(folder, asset.name);
  await onFile('write', target, async () => {
    removeFolder(newFolderOf(asset, folder));
    recoverFolder(target);
  });
}

/**
 * Makes the asset's folder beside its place, then moves it there, in place of what may be there.
 *
 * @param obtain gives the path of a file, its digest checked
 * @throws LoadGenError `FETCH_ARCHIVE`, `FETCH_FILE`; the signal's reason; as `obtain` does. The place is then as it was
 */
export async function installAsset(
  asset: Asset,
  folder: string,
  obtain: (file: RemoteFile) => Promise<string>,
  { signal, onNotice }: { readonly signal: AbortSignal | undefined; readonly onNotice: (text: string) => void },
): Promise<void> {
  const archivePath = asset.archive === undefined ? undefined : await obtain(asset.archive);
  const copies: [from: string, name: string][] = [];
  for (const file of asset.files) copies.push([await obtain(file), file.fileName]);
  const made = newFolderOf(asset, folder);
  try {
    await onFile('write', made, () => mkdir(made));
    if (asset.archive !== undefined && archivePath !== undefined) {
      onNotice(`Unpacking ${asset.archive.fileName}`);
      await unpackArchive(archivePath, made, asset.archive, signal);
    }
    await onFile('write', made, async () => {
      for (const [from, name] of copies) await copyFile(from, join(made, name), constants.COPYFILE_FICLONE);
      await writeFile(join(made, NOTE), noteOf(asset));
      replaceFolder(join(folder, asset.name), made);
    });
  } catch (thrown) {
    await onFile('write', made, async () => removeFolder(made)).catch(() => undefined);
    throw thrown;
  }
}

function newFolderOf({ name }: Asset, folder: string): string {
  return join(folder, `${name}.new`);
}

function noteOf(asset: Asset): string {
  const { name, title, source, licence } = asset;
  const files = Object.fromEntries(filesOf(asset).map(({ fileName, digest }) => [fileName, digest]));
  return `${JSON.stringify({ name, title, source, licence, files }, undefined, 2)}\n`;
}
