/** A request in memory of its own: what is said first, right before the images. */
export class RequestBody {
  readonly #bytes: Buffer;
  readonly #inputs: Float32Array;
  readonly #headRoom: number;

  /** @param headRoom the bytes that a head may have */
  constructor(headRoom: number, values: number) {
    this.#headRoom = Math.ceil(headRoom / Float32Array.BYTES_PER_ELEMENT) * Float32Array.BYTES_PER_ELEMENT;
    const memory = new ArrayBuffer(this.#headRoom + values * Float32Array.BYTES_PER_ELEMENT);
    this.#bytes = Buffer.from(memory);
    this.#inputs = new Float32Array(memory, this.#headRoom, values);
  }

  /** The head and all parts: a view, valid until the next call. */
  fill(head: Uint8Array, parts: readonly Float32Array[]): Buffer {
    const start = this.#headRoom - head.length;
    this.#bytes.set(head, start);
    let values = 0;
    for (const part of parts) {
      this.#inputs.set(part, values);
      values += part.length;
    }
    return this.#bytes.subarray(start, this.#headRoom + values * Float32Array.BYTES_PER_ELEMENT);
  }
}
