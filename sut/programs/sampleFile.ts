import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadGenError } from '../../base/errors.js';
import { type NetworkShape, type PairInputs, pairValuesOf } from '../../base/pairLayout.js';
import { writeError } from '../../platform/node/files.js';

/** Memory that looks like files, on Linux. */
const SHARED_MEMORY = '/dev/shm';

/**
 * A file with the network inputs of loaded samples, each where it lies in the library's own memory, for programs to map
 * into theirs: no other process can see a `SharedArrayBuffer`.
 */
export class SampleFile {
  readonly #inputs: PairInputs;
  readonly #pairBytes: number;
  readonly #announce: (file: string) => Promise<void>;
  #shared: SharedArrayBuffer | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #descriptor: number | undefined;
  #folder: string | undefined;
  /** Which sample lies at an offset. */
  #held = new Map<number, number>();

  /** @param announce tells the programs of a new file; resolves when all have mapped it, which may then be removed */
  constructor(inputs: PairInputs, network: NetworkShape, announce: (file: string) => Promise<void>) {
    this.#inputs = inputs;
    this.#pairBytes = pairValuesOf(network) * Float32Array.BYTES_PER_ELEMENT;
    this.#announce = announce;
  }

  /**
   * Writes a sample unless it is in the file.
   *
   * @throws SUT_FILES if there is no room for them
   */
  hold(sample: number): void {
    if (this.#inputs.shared !== this.#shared) this.#open(this.#inputs.shared);
    const offset = this.#inputs.offsetOf(sample);
    if (this.#held.get(offset) === sample) return;
    this.#write(offset * Float32Array.BYTES_PER_ELEMENT);
    this.#held.set(offset, sample);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    if (this.#folder !== undefined) removeFolder(this.#folder);
  }

  #open(shared: SharedArrayBuffer): void {
    this.close();
    this.#shared = shared;
    this.#bytes = new Uint8Array(shared);
    this.#held = new Map();
    const folder = mkdtempSync(join(folderWithRoom(shared.byteLength), 'loadgen-'));
    const file = join(folder, 'samples');
    this.#folder = folder;
    try {
      this.#descriptor = openSync(file, 'wx', 0o600);
      ftruncateSync(this.#descriptor, shared.byteLength);
    } catch (thrown) {
      this.close();
      throw samplesError(thrown);
    }
    const remove = () => removeFolder(folder);
    // A program that fails says so by itself.
    void this.#announce(file).then(remove, remove);
  }

  #write(start: number): void {
    if (this.#descriptor === undefined) return;
    try {
      let done = 0;
      while (done < this.#pairBytes)
        done += writeSync(this.#descriptor, this.#bytes, start + done, this.#pairBytes - done, start + done);
    } catch (thrown) {
      throw samplesError(thrown);
    }
  }
}

/** Memory if there is enough of it: what lies on a disk would be written there while queries are timed. */
function folderWithRoom(bytes: number): string {
  try {
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    return bavail * bsize > bytes ? SHARED_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Windows removes no file that is mapped; it goes when the system is closed.
  }
}

function samplesError(thrown: unknown): LoadGenError {
  const hint = 'A smaller performance_sample_count_override in a user.conf needs less room.';
  return writeError('SUT_FILES', "the samples for the system's process", thrown, hint);
}
