import type { LogWriter } from '../detail/write.js';

/** `mlperf_log_accuracy.json`: a JSON array with an entry for each logged response, its bytes in hexadecimal. */
export class AccuracyLogWriter {
  readonly #write: LogWriter;
  #kept: { sampleId: number; sampleIndex: number; data: Uint8Array }[] = [];
  #keptBytes = 0;
  #separator = '\n';

  constructor(write: LogWriter) {
    this.#write = write;
    write('[');
  }

  /** How many bytes of responses wait for `flush`. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Copies a response; the text is made later, outside timed code. */
  keep(sampleId: number, sampleIndex: number, data: Uint8Array): void {
    this.#kept.push({ sampleId, sampleIndex, data: data.slice() });
    this.#keptBytes += data.length;
  }

  flush(): void {
    for (const { sampleId, sampleIndex, data } of this.#kept) {
      this.#write(
        `${this.#separator}{ "seq_id" : ${sampleId}, "qsl_idx" : ${sampleIndex}, "data" : "${toHex(data)}" }`,
      );
      this.#separator = ',\n';
    }
    this.#kept = [];
    this.#keptBytes = 0;
  }

  end(): void {
    this.flush();
    this.#write('\n]\n');
  }
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

function toHex(data: Uint8Array): string {
  let hex = '';
  for (const byte of data) hex += HEX_OF_BYTE[byte];
  return hex;
}
