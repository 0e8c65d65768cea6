import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { relativeImagePath } from '../../qsl/datasets/imageName.js';
import { loadMtcnnNetworks, type MtcnnNetworks } from '../../qsl/detection/mtcnnFiles.js';

export const syntheticFaces = fileURLToPath(new URL('../../../qsl/synthetic-faces', import.meta.url));

/** Shared by all tests of a build, so that the networks are fetched once. */
const networkCache = fileURLToPath(new URL('./network-cache', import.meta.url));

export function testNetworks(): Promise<MtcnnNetworks> {
  return loadMtcnnNetworks(networkCache);
}

/** A test, or all of a file. */
interface Lifetime {
  after(end: () => Promise<void>): void;
}

export async function temporaryFolder(t: Lifetime): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qsl-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A cache folder of this test's own, with the networks in it. */
export async function temporaryCache(t: Lifetime): Promise<string> {
  const folder = await temporaryFolder(t);
  const networks = await testNetworks();
  await mkdir(join(folder, 'mtcnn'));
  for (const [name, bytes] of Object.entries(networks)) {
    await writeFile(join(folder, 'mtcnn', `${name}.tflite`), bytes);
  }
  return folder;
}

export function syntheticImage(person: number, number: number): string {
  const name = `Synthetic_${String(person).padStart(3, '0')}`;
  return join(syntheticFaces, relativeImagePath({ name, number }));
}

/** A copy of the synthetic faces, which are looked for anew: those that are shipped aligned are of one folder. */
export async function copyOfSyntheticFaces(t: Lifetime): Promise<string> {
  const folder = await temporaryFolder(t);
  await cp(syntheticFaces, folder, { recursive: true });
  return folder;
}

/** A data set of this test's own, in LFW's layout: copies of synthetic faces of the first so many people. */
export async function temporaryDataset(t: Lifetime, people: number): Promise<string> {
  const folder = await temporaryFolder(t);
  const names = Array.from({ length: people }, (_, index) => `Synthetic_${String(index + 1).padStart(3, '0')}`);
  for (const [index, name] of names.entries()) {
    for (const number of [1, 2]) {
      const path = join(folder, 'lfw', relativeImagePath({ name, number }));
      await mkdir(dirname(path), { recursive: true });
      await copyFile(syntheticImage(index + 1, number), path);
    }
  }
  const matched = names.map((name) => `${name}\t1\t2`);
  const mismatched = names.map((name, index) => `${name}\t1\t${names[(index + 1) % people]}\t2`);
  await writeFile(join(folder, 'pairs.txt'), `${people}\n${[...matched, ...mismatched].join('\n')}\n`);
  return folder;
}
