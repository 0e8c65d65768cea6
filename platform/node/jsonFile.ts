import type { z } from 'zod';
import { messageOf } from '../../base/errors.js';
import { decodeJson, printable, schemaFaults } from '../../base/text.js';
import { readBoundedText } from './files.js';

/** A JSON file's content, or what is wrong with it, printable. */
export async function readJsonFile<T>(
  file: string,
  schema: z.ZodType<T>,
  maxBytes = 1 << 20,
): Promise<{ content: T } | { fault: string }> {
  try {
    const read = await readBoundedText(file, maxBytes);
    if ('fault' in read) return read;
    const parsed = schema.safeParse(decodeJson(read.text));
    if (parsed.success) return { content: parsed.data };
    return { fault: printable(schemaFaults(parsed.error).join('; ')) };
  } catch (thrown) {
    const fault = thrown instanceof SyntaxError ? `text that is not JSON: ${thrown.message}` : messageOf(thrown);
    return { fault: printable(fault) };
  }
}
