/** A request in memory of its own: what is said first, right before the images, so that nothing is copied to send it. */
export class RequestBody {
  /** Where images are to be put. */
  readonly inputs: Float32Array;
  readonly #bytes: Buffer;
  readonly #headRoom: number;

  /** @param headRoom the bytes that a head may have */
  constructor(headRoom: number, values: number) {
    this.#headRoom = Math.ceil(headRoom / Float32Array.BYTES_PER_ELEMENT) * Float32Array.BYTES_PER_ELEMENT;
    const memory = new ArrayBuffer(this.#headRoom + values * Float32Array.BYTES_PER_ELEMENT);
    this.#bytes = Buffer.from(memory);
    this.inputs = new Float32Array(memory, this.#headRoom, values);
  }

  /** The head and the first `values` of the inputs: a view, valid until the next call. */
  withHead(head: Uint8Array, values: number): Buffer {
    const start = this.#headRoom - head.length;
    this.#bytes.set(head, start);
    return this.#bytes.subarray(start, this.#headRoom + values * Float32Array.BYTES_PER_ELEMENT);
  }
}
