import type { LogSource } from '../../logs/logSource.js';
import type { LogFile } from './memoryLogs.js';

/** A call takes only so many arguments. */
const CHUNK_BYTES = 0x8000;

/** Opens a log file in memory for the readers in `logs/`. */
export function openMemoryLog({ name, content }: LogFile): LogSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    sizeBytes: bytes.length,
    async *text(encoding) {
      // By "latin1" browsers understand another encoding.
      if (encoding === 'utf8') yield new TextDecoder().decode(bytes);
      else for (const chunk of chunksOf(bytes)) yield String.fromCharCode(...chunk);
    },
    async *bytes() {
      yield bytes;
    },
  };
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
}
