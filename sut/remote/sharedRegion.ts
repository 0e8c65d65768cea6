import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { messageOf } from '../../base/errors.js';
import { FLOAT_BYTES } from './checkAnswer.js';
import type { ServerDescription } from './connection.js';
import { isOnThisMachine, type RemoteAddress } from './remoteName.js';
import { ServerFailure } from './serverFailure.js';

/** The extension's name in a server's metadata. */
const EXTENSION = 'system_shared_memory';
/** Where Linux shows POSIX shared memory as files. */
const FOLDER = '/dev/shm';

/** Where the images of a request lie, as the protocol's extension names it. */
export interface SharedPlace {
  readonly shared_memory_region: string;
  readonly shared_memory_offset: number;
  readonly shared_memory_byte_size: number;
}

/** Whether images may be handed to a server in memory: whether it can open it, only trying tells. */
export function canShareMemory(address: RemoteAddress, { extensions }: ServerDescription): boolean {
  return process.platform === 'linux' && isOnThisMachine(address) && extensions.includes(EXTENSION);
}

/** Memory that a server on this machine maps into its own. */
export class SharedRegion {
  /** Also of the file. */
  readonly name = `sphereface-loadgen-${randomUUID()}`;
  readonly bytes: number;
  readonly #file = `${FOLDER}/${this.name}`;
  readonly #descriptor: number;

  /** @throws ServerFailure if there is no room for so many bytes */
  constructor(bytes: number) {
    this.bytes = bytes;
    try {
      this.#descriptor = openSync(this.#file, 'wx', 0o600);
    } catch (thrown) {
      throw regionFailure(thrown);
    }
    try {
      // All of it, so that later there is room.
      this.#write(Buffer.alloc(bytes), 0);
    } catch (thrown) {
      this.unlink();
      this.close();
      throw thrown;
    }
  }

  /**
   * Writes images one after another.
   *
   * @throws ServerFailure if that fails
   */
  put(parts: readonly Float32Array[], offset: number): SharedPlace {
    let end = offset;
    for (const { buffer, byteOffset, byteLength } of parts) {
      this.#write(Buffer.from(buffer, byteOffset, byteLength), end);
      end += byteLength;
    }
    return {
      shared_memory_region: this.name,
      shared_memory_offset: offset,
      shared_memory_byte_size: end - offset,
    };
  }

  /** Removes the file: whoever has mapped it keeps the memory, and whatever ends this process, no file is left. */
  unlink(): void {
    rmSync(this.#file, { force: true });
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #write(bytes: Buffer, start: number): void {
    try {
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, start + done);
    } catch (thrown) {
      throw regionFailure(thrown);
    }
  }
}

/** The bytes that one request needs. */
export function sharedBytesOf(maxImages: number, imageValues: number): number {
  return maxImages * imageValues * FLOAT_BYTES;
}

/** As one of a server's, so that it is asked in another way. */
function regionFailure(thrown: unknown): ServerFailure {
  return new ServerFailure(`cannot be given shared memory: ${messageOf(thrown)}`);
}
