import { LoadGenError } from '../base/errors.js';
import type { RemoteFile } from './assets.js';

/** @throws LoadGenError `FETCH_MIRROR` unless this is the address of a folder on a web server, with no password in it */
export function checkMirror(mirror: string): void {
  const url = URL.canParse(mirror) ? new URL(mirror) : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (isWeb && url.username === '' && url.password === '' && url.search === '' && url.hash === '') return;
  throw new LoadGenError(
    'FETCH_MIRROR',
    `found the mirror "${mirror}", expected the address of a folder, such as https://mirror.example/lfw/`,
  );
}

/** The file as `mirror` has it: in that folder, by its name. Without a mirror as the table says. */
export function fromMirror(file: RemoteFile, mirror: string | undefined): RemoteFile {
  if (mirror === undefined) return file;
  const folder = mirror.endsWith('/') ? mirror : `${mirror}/`;
  return { ...file, urls: [new URL(file.fileName, folder).href] };
}
