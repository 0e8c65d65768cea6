import type { LogSource } from '../../logs/logSource.js';

/** A log that is kept in memory, in chunks of at most `chunkLength` characters. */
export function memorySource(text: string, chunkLength = 1 << 16): LogSource {
  async function* chunks(): AsyncGenerator<string> {
    for (let start = 0; start < text.length; start += chunkLength) yield text.slice(start, start + chunkLength);
  }
  return {
    name: 'memory',
    sizeBytes: Buffer.byteLength(text),
    text: chunks,
    bytes: async function* () {
      for await (const chunk of chunks()) yield Buffer.from(chunk, 'latin1');
    },
  };
}
