import { lstat, readFile } from 'node:fs/promises';

/** A text, or why it is not read: nothing is opened that is a link, a special file or larger than the limit. */
export async function readBoundedText(file: string, maxBytes: number): Promise<{ text: string } | { fault: string }> {
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return { fault: 'no such file' };
  if (!found.isFile()) return { fault: 'a link, a folder or a special file' };
  if (found.size > maxBytes) return { fault: `${found.size} bytes; at most ${maxBytes} are read` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file)) };
  } catch (thrown) {
    return { fault: thrown instanceof TypeError ? 'bytes that are not UTF-8' : 'a file that cannot be read' };
  }
}
