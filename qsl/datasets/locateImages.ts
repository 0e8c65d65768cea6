import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type ImageName, imageKey, relativeImagePath } from './imageName.js';
import type { ImagePair } from './pairList.js';

export interface LocatedPairs {
  readonly pairs: readonly ImagePair[];
  /** What the user should know: a sentence, if files of another format are read than the list names. */
  readonly notes: readonly string[];
}

/**
 * Finds the files of images that are not called as the pair list has it: with letters in another Unicode form, with the
 * extension in upper case, or in the other format. Of several, the one nearest to the list's is taken. What is found
 * nowhere stays as it is.
 */
export function locateImages(imageFolder: string, pairs: readonly ImagePair[]): LocatedPairs {
  const namesByFolder = new Map<string, readonly string[]>();
  const namesIn = (folder: string): readonly string[] => {
    const names = namesByFolder.get(folder) ?? readNames(join(imageFolder, folder));
    namesByFolder.set(folder, names);
    return names;
  };
  const others = new Set<string>();
  const located = (image: ImageName): ImageName => {
    const path = relativeImagePath(image);
    if (existsSync(join(imageFolder, path))) return image;
    const file = findFile(path, namesIn);
    if (file === undefined) return image;
    if (formatOf(file) !== formatOf(path)) others.add(file);
    return { ...image, file };
  };
  const locatedPairs = pairs.map((pair) => ({ ...pair, a: located(pair.a), b: located(pair.b) }));
  return { pairs: locatedPairs, notes: others.size === 0 ? [] : [noteOf(others)] };
}

function noteOf(files: ReadonlySet<string>): string {
  const [first] = files;
  const images = files.size === 1 ? '1 image is' : `${files.size} images are`;
  return `${images} read in another format than the pair list names, such as ${first}`;
}

/** The file's path, if every folder on the way and the file have a name that stands for the list's. */
function findFile(path: string, namesIn: (folder: string) => readonly string[]): string | undefined {
  const names = path.split('/');
  let found = '';
  for (const [index, name] of names.entries()) {
    const isFile = index === names.length - 1;
    const candidates = namesIn(found).filter((other) => (isFile ? isSameImage(other, name) : isSameText(other, name)));
    const [best] = candidates.toSorted((a, b) => distance(a, name) - distance(b, name));
    if (best === undefined) return undefined;
    found = found === '' ? best : `${found}/${best}`;
  }
  return found;
}

function isSameImage(file: string, name: string): boolean {
  return imageKey(file) === imageKey(name) && extname(file) !== '';
}

function isSameText(a: string, b: string): boolean {
  return a.normalize('NFC') === b.normalize('NFC');
}

function distance(file: string, name: string): number {
  if (file === name) return 0;
  if (isSameText(file, name)) return 1;
  if (isSameText(file.toLowerCase(), name.toLowerCase())) return 2;
  return formatOf(file) === formatOf(name) ? 3 : 4;
}

function formatOf(path: string): string {
  return extname(path).toLowerCase().replace('.jpeg', '.jpg');
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
