/** Something that reads files of one format, and is to refuse damaged ones with an error of ours. */
export interface DamagedReader {
  readonly name: string;
  /** Whether native or WebAssembly code of others gets the file: a crash then ends the measuring process, not the command. */
  readonly isEngine?: boolean;
  /** `folder` is the reader's own, for files that it reads from disk. */
  prepare(folder: string): Promise<PreparedReader> | PreparedReader;
}

interface PreparedReader {
  /** Small valid files, which are damaged. */
  readonly originals: readonly Uint8Array[];
  /** Reads a damaged copy of one of them, by its index, to the end. */
  read(content: Uint8Array, original: number): unknown;
}
