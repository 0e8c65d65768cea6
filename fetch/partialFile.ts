import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { readBoundedText } from '../platform/node/files.js';
import { systemCodeOf } from '../platform/node/systemErrors.js';
import { writeWhole } from '../platform/node/wholeFile.js';
import { onFile } from './fileFailure.js';

/** An address and a validator are far shorter. */
const MAX_NOTE_BYTES = 1 << 16;

/** What a mirror said of the file of which a part is there. */
const contentSchema = z.object({
  url: z.string(),
  /** The ETag or time of change; null if it gave neither. */
  validator: z.string().nullable(),
  /** Null if it did not say. */
  totalBytes: z.int().nonnegative().nullable(),
});
export type Content = z.infer<typeof contentSchema>;

/** The part of a file that has come so far: its bytes, and beside them a note of where they are from. */
export class PartialFile {
  readonly path: string;
  readonly #notePath: string;

  constructor(path: string) {
    this.path = path;
    this.#notePath = `${path}.json`;
  }

  /** How much is there, and of what; undefined if there is nothing to go on from. */
  async read(): Promise<{ readonly bytes: number; readonly content: Content } | undefined> {
    return onFile('read', this.path, async () => {
      try {
        const note = await readBoundedText(this.#notePath, MAX_NOTE_BYTES);
        if ('fault' in note) return undefined;
        const content = contentSchema.parse(JSON.parse(note.text));
        return { bytes: (await stat(this.path)).size, content };
      } catch (thrown) {
        const isUseless = thrown instanceof SyntaxError || thrown instanceof z.ZodError;
        if (isUseless || systemCodeOf(thrown) === 'ENOENT') return undefined;
        throw thrown;
      }
    });
  }

  /** Drops what there is. The bytes go first: a note without them does no harm, bytes with a wrong note would. */
  async remove(): Promise<void> {
    await onFile('write', this.path, async () => {
      await rm(this.path, { force: true });
      await rm(this.#notePath, { force: true });
    });
  }

  /** Drops what there is, for another beginning. */
  async restart(content: Content): Promise<void> {
    await this.remove();
    await this.note(content);
  }

  async note(content: Content): Promise<void> {
    await onFile('write', this.#notePath, () => writeWhole(this.#notePath, JSON.stringify(content)));
  }

  /** To be closed by the caller. */
  async openForAppending(): Promise<FileHandle> {
    return onFile('write', this.path, () => open(this.path, 'a'));
  }
}
