import { PAIR_IMAGES, type PairInputs } from '../../base/pairLayout.js';
import type { QueryResponder, QuerySample } from '../../loadgen/systemUnderTest.js';

/** A sample that a pool has not answered yet: which of its images are with workers, and what came back so far. */
export class PendingPair {
  readonly id: number;
  readonly responder: QueryResponder;
  readonly shared: SharedArrayBuffer;
  /** Of its first image, counted in float32 values. */
  readonly offset: number;
  readonly #responseBytes: number;
  #takenImages = 0;
  #missingBytes: number;
  #completedAtNs = 0;
  /** Made when the first features come: a query may have a million samples, of which few are under way at a time. */
  #response: Uint8Array | undefined;

  constructor(id: number, responder: QueryResponder, shared: SharedArrayBuffer, offset: number, responseBytes: number) {
    this.id = id;
    this.responder = responder;
    this.shared = shared;
    this.offset = offset;
    this.#responseBytes = responseBytes;
    this.#missingBytes = responseBytes;
  }

  /** Whether all images are with workers, or back. */
  get isTaken(): boolean {
    return this.#takenImages >= PAIR_IMAGES;
  }

  /** Marks the next `count` images as taken. Returns the first of them. */
  takeImages(count: number): number {
    const first = this.#takenImages;
    this.#takenImages += count;
    return first;
  }

  /** Copied: out of shared memory, which not every consumer of bytes takes, and to let the worker go on. */
  addFeatures(features: Uint8Array, startByte: number, completedAtNs: number): void {
    this.#response ??= new Uint8Array(this.#responseBytes);
    this.#response.set(features, startByte);
    this.#missingBytes -= features.length;
    this.#completedAtNs = Math.max(this.#completedAtNs, completedAtNs);
  }

  answerIfComplete(): void {
    if (this.#response === undefined || this.#missingBytes > 0) return;
    this.responder.querySamplesComplete([{ id: this.id, data: this.#response }], this.#completedAtNs);
  }
}

/** A query's samples, all of them before any is computed: one that is not loaded makes this throw. */
export function pendingPairs(
  samples: readonly QuerySample[],
  responder: QueryResponder,
  inputs: PairInputs,
  responseBytes: number,
): PendingPair[] {
  return samples.map(
    ({ id, index }) => new PendingPair(id, responder, inputs.shared, inputs.offsetOf(index), responseBytes),
  );
}
