/** One image of a data set: the `number`-th of the person `name`, as LFW has it, or a path below the images' folder. */
export type ImageName = { readonly name: string; readonly number: number } | { readonly path: string };

const MAX_NAME_LENGTH = 200;
const MAX_DEPTH = 20;

/** The part of an image's path below the folder of all images: `Name/Name_0001.jpg`. */
export function relativeImagePath(image: ImageName): string {
  if ('path' in image) return image.path;
  return `${image.name}/${image.name}_${String(image.number).padStart(4, '0')}.jpg`;
}

/** For people and logs: `Name 1`, or the path. */
export function imageText(image: ImageName): string {
  return 'path' in image ? image.path : `${image.name} ${image.number}`;
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
