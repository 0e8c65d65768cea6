import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readImageFile } from '../preprocessing/imageFile.js';

export interface DistinctImages {
  /** Those of each person who has any. */
  readonly images: readonly (readonly string[])[];
  /** Clauses that say which were left out. */
  readonly notes: readonly string[];
}

/**
 * Of an image under several names (links, or files of the same bytes), the first: two names would make a pair that every
 * system decides correctly, or one that shows one person under two names.
 *
 * @param persons the images of each, as paths below the folder
 */
export async function withoutCopies(folder: string, persons: readonly (readonly string[])[]): Promise<DistinctImages> {
  const originals = await originalsOfCopies(folder, persons.flat());
  const copiesOf = (isOwn: boolean) =>
    persons.flatMap((paths) =>
      paths.flatMap((path) => {
        const original = originals.get(path);
        return original !== undefined && paths.includes(original) === isOwn ? [`${path} of ${original}`] : [];
      }),
    );
  return {
    images: persons.map((paths) => paths.filter((path) => !originals.has(path))).filter(({ length }) => length > 0),
    notes: [...noteOf(copiesOf(true), 'the same person'), ...noteOf(copiesOf(false), 'another person')],
  };
}

function noteOf([first, ...others]: readonly string[], whose: string): string[] {
  if (first === undefined) return [];
  const count = others.length + 1;
  return [`${count} ${count === 1 ? 'image is a copy' : 'images are copies'} of one of ${whose}, such as ${first}`];
}

/** By the path of each copy. Only files of one size are read. */
async function originalsOfCopies(folder: string, paths: readonly string[]): Promise<Map<string, string>> {
  const originals = new Map<string, string>();
  for (const sameSize of groupsOf(paths, (path) => statSync(join(folder, path), { throwIfNoEntry: false })?.size)) {
    const contents = new Map<string, string>();
    for (const path of sameSize.length > 1 ? sameSize : []) {
      const file = await readImageFile(join(folder, path));
      if ('fault' in file) continue;
      const original = contents.get(file.sha256);
      if (original === undefined) contents.set(file.sha256, path);
      else originals.set(path, original);
    }
  }
  return originals;
}

function groupsOf<T, Key>(values: readonly T[], keyOf: (value: T) => Key): T[][] {
  const groups = new Map<Key, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}
