/**
 * Puts a folder in the place of another. Each step is a rename, so that a kill leaves the earlier folder or the new one,
 * whole: in its place, or, between two renames, the earlier one under a name of its own.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Behind a folder's name: what stood in its place. */
export const EARLIER_SUFFIX = '.earlier';

/**
 * @param next takes the place of `folder`
 * @param isKept says by its name whether something in the earlier folder is to stand in the new one, if that has none such
 * @throws the operating system's error; the earlier folder is then in its place
 */
export function replaceFolder(folder: string, next: string, isKept?: (name: string) => boolean): void {
  recoverFolder(folder, isKept);
  const hasEarlier = existsSync(folder);
  if (hasEarlier) renameSync(folder, folder + EARLIER_SUFFIX);
  try {
    renameSync(next, folder);
  } catch (thrown) {
    if (hasEarlier) renameSync(folder + EARLIER_SUFFIX, folder);
    throw thrown;
  }
  recoverFolder(folder, isKept);
}

/**
 * Does what a kill has kept `replaceFolder` from: an earlier folder returns to its place if nothing has taken it, and is
 * else removed. Call it where no other process works.
 */
export function recoverFolder(folder: string, isKept: (name: string) => boolean = () => false): void {
  const earlier = folder + EARLIER_SUFFIX;
  if (!existsSync(earlier)) return;
  if (!existsSync(folder)) {
    renameSync(earlier, folder);
    return;
  }
  for (const name of readdirSync(earlier)) {
    if (isKept(name) && !existsSync(join(folder, name))) renameSync(join(earlier, name), join(folder, name));
  }
  removeFolder(earlier);
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * The name that a folder is to be read by: its own, or, of one that only waits to return to its place, that place's.
 * Undefined for one that has been replaced.
 *
 * @param names all that are beside it
 */
export function placeOf(name: string, names: readonly string[]): string | undefined {
  if (!name.endsWith(EARLIER_SUFFIX)) return name;
  const place = name.slice(0, -EARLIER_SUFFIX.length);
  return names.includes(place) ? undefined : place;
}
