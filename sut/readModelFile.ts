import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { LoadGenError, messageOf } from '../base/errors.js';
import { type ForeignContent, foreignContentOf } from '../base/foreignContent.js';
import { sha256Of } from '../platform/node/files.js';
import type { ModelFile } from './engine.js';

const MAX_FILE_BYTES = 1 << 30;

/**
 * The content of a model's file, at most 1 GiB.
 *
 * @throws MODEL_READ if it cannot be read
 * @throws MODEL_DIGEST if `sha256` (in hexadecimal) is given and is not the content's
 */
export async function readModelFile(file: string, sha256?: string): Promise<Uint8Array> {
  const content = await readBounded(file);
  if (sha256 === undefined) return content;
  const found = sha256Of(content);
  if (found === sha256) return content;
  throw new LoadGenError('MODEL_DIGEST', `${file} has the SHA-256 ${found}, expected ${sha256}`, {
    hint: 'The weights that come with this project were changed or damaged: install the package or clone the repository again.',
  });
}

/**
 * Checks that a model's content is not, say, a web page that a download has saved.
 *
 * @param kinds of content that the format cannot have: that of PyTorch is an archive itself, and weights alone may begin
 *   with any bytes
 * @throws MODEL_FORMAT if it is of one of these kinds
 */
export function checkModelContent(
  content: Uint8Array,
  file: string,
  kinds: readonly ForeignContent['kind'][] = ['archive', 'pointer', 'page'],
): void {
  const foreign = foreignContentOf(content);
  if (foreign === undefined || !kinds.includes(foreign.kind)) return;
  throw new LoadGenError('MODEL_FORMAT', `${file}: found ${foreign.name}, expected a model`, { hint: foreign.hint });
}

/**
 * The other files that a model consists of, each once, at most 1 GiB together.
 *
 * @param file the model's main file
 * @param paths from its folder
 * @throws MODEL_READ if one cannot be read, or lies outside the model's folder
 * @throws MODEL_FORMAT as `checkModelContent`
 */
export async function readFilesBeside(file: string, paths: readonly string[]): Promise<ModelFile[]> {
  const files: ModelFile[] = [];
  let bytes = 0;
  for (const path of new Set(paths)) {
    const other = join(dirname(file), path);
    if (!isInside(path) || !(await isReallyInside(dirname(file), other))) {
      const named = JSON.stringify(path.slice(0, 80));
      throw new LoadGenError('MODEL_READ', `${file} names the file ${named}, expected one inside the model's folder`, {
        hint: 'Put all files of the model into one folder, as files, not links; a model may not read anything else.',
      });
    }
    const content = await readBounded(other);
    checkModelContent(content, other, ['pointer', 'page']);
    bytes += content.length;
    if (bytes > MAX_FILE_BYTES) {
      throw new LoadGenError(
        'MODEL_READ',
        `the files of ${file} have over ${MAX_FILE_BYTES} bytes, expected at most so many`,
      );
    }
    files.push({ name: path, content });
  }
  return files;
}

function isInside(path: string): boolean {
  const names = path.split(/[/\\]/);
  return path !== '' && !names.includes('..') && !isAbsolute(path) && !/[:\p{Cc}]/u.test(path);
}

/** Whether it is where its path says, and not elsewhere by a link. What is not there is for the reader to say. */
async function isReallyInside(folder: string, file: string): Promise<boolean> {
  const found = await realpath(file).catch(() => undefined);
  return found === undefined || !relative(await realpath(folder), found).startsWith(`..${sep}`);
}

async function readBounded(file: string): Promise<Uint8Array> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new Error('found a folder or a special file, expected a file');
    if (found.size <= MAX_FILE_BYTES) return await readFile(file);
    throw new LoadGenError('MODEL_READ', `${file} has ${found.size} bytes, expected at most ${MAX_FILE_BYTES}`);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    throw new LoadGenError('MODEL_READ', `the model ${file} cannot be read: ${messageOf(thrown)}`, { cause: thrown });
  }
}
