/**
 * One image of a data set: the `number`-th of the person `name`, as LFW has it, or a path below the images' folder; with
 * its file below that folder, where it is not called so.
 */
export type ImageName = ({ readonly name: string; readonly number: number } | { readonly path: string }) & {
  readonly file?: string;
};

const MAX_NAME_LENGTH = 200;
const MAX_DEPTH = 20;
const IMAGE_EXTENSION = /\.(jpe?g|png)$/i;

/** The image's file below the folder of all images: `Name/Name_0001.jpg`. */
export function relativeImagePath(image: ImageName): string {
  if (image.file !== undefined) return image.file;
  if ('path' in image) return image.path;
  return `${image.name}/${image.name}_${String(image.number).padStart(4, '0')}.jpg`;
}

/** For people and logs: `Name 1`, or the path. */
export function imageText(image: ImageName): string {
  return 'path' in image ? image.path : `${image.name} ${image.number}`;
}

/** Whether a text ends as the name of an image that can be read. */
export function isImagePath(text: string): boolean {
  return IMAGE_EXTENSION.test(text);
}

/** What a file's name has in common with those of the same image in other formats and in another Unicode form. */
export function imageKey(fileName: string): string {
  return fileName.normalize('NFC').replace(IMAGE_EXTENSION, '');
}

/** Whether a text can be the name of a file or folder, and of none outside the folder it is looked for in. */
export function isPlainName(name: string): boolean {
  const isPlain = name.trim() === name && !/[/\\:\p{Cc}]/u.test(name);
  return isPlain && name.length > 0 && name.length <= MAX_NAME_LENGTH && name !== '.' && name !== '..';
}

/** Whether a text is a path, with `/` between plain names, that stays inside the folder it starts from. */
export function isInnerPath(path: string): boolean {
  const names = path.split('/', MAX_DEPTH + 1);
  return names.length <= MAX_DEPTH && names.every(isPlainName);
}

/**
 * A path as people write it, with backslashes, `./` or the folder before it, as one that starts in the folder, its
 * letters composed; or what is expected of it.
 *
 * @param folders names of the data set's folder: a path may begin with one of them
 */
export function readInnerPath(text: string, folders: readonly string[]): { path: string } | { expected: string } {
  const slashed = text.replaceAll('\\', '/').normalize('NFC');
  const starts = folders.map((folder) => `${folder.replaceAll('\\', '/').normalize('NFC').replace(/\/$/, '')}/`);
  const start = starts.find((prefix) => startsWith(slashed, prefix));
  const inner = slashed.slice(start?.length ?? 0);
  if (/^([a-z]:)?\//i.test(inner))
    return { expected: `one inside the data set's folder ${folders[0] ?? ''}`.trimEnd() };
  const names = inner.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) return { expected: 'one inside the data set\'s folder, without ".."' };
  if (names.length > MAX_DEPTH) return { expected: `one of at most ${MAX_DEPTH} names` };
  const path = names.join('/');
  return isInnerPath(path)
    ? { path }
    : { expected: `names of 1 to ${MAX_NAME_LENGTH} characters, without ":" and control characters` };
}

/** Windows, where paths begin with a drive, does not tell capital letters from small ones. */
function startsWith(path: string, prefix: string): boolean {
  if (path.startsWith(prefix)) return true;
  return /^[a-z]:/i.test(prefix) && path.toLowerCase().startsWith(prefix.toLowerCase());
}
