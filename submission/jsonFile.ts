import type { z } from 'zod';
import { printable } from '../base/printable.js';
import { readBoundedText } from '../platform/node/files.js';

const MAX_BYTES = 1 << 20;

/** A small JSON file's content, or what is wrong with it. */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<{ content: T } | { fault: string }> {
  try {
    const read = await readBoundedText(file, MAX_BYTES);
    if ('fault' in read) return read;
    const parsed = schema.safeParse(JSON.parse(read.text));
    if (parsed.success) return { content: parsed.data };
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`.replace(/^: /, ''));
    return { fault: printable(issues.join('; ')) };
  } catch (thrown) {
    return { fault: printable(thrown instanceof Error ? thrown.message : String(thrown)) };
  }
}
