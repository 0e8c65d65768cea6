import { LoadGenError } from '../../base/errors.js';
import { imagesAt, inputValuesOf, type NetworkShape, PAIR_IMAGES, type PairInputs } from '../../base/pairLayout.js';
import { monotonicClock } from '../../platform/node/monotonicClock.js';
import type { ClosableSystemUnderTest } from '../closableSystemUnderTest.js';
import { type PendingPair, pendingPairs } from '../pool/pendingPair.js';
import { SampleQueue } from '../pool/sampleQueue.js';
import { FLOAT_BYTES } from './checkAnswer.js';
import type { RequestSlot } from './connection.js';
import { serverFailureOf } from './serverFailure.js';

interface RequestQueueOptions {
  /** As many as requests may be on their way. */
  readonly slots: readonly RequestSlot[];
  /** A part of a pair, or several pairs: no request has more. */
  readonly imagesPerRequest: number;
  readonly network: NetworkShape;
  readonly inputs: PairInputs;
}

export interface RequestQueue extends Pick<ClosableSystemUnderTest, 'issueQuery'> {
  /** What was answered until now. */
  readonly totals: { readonly requests: number; readonly roundTripNs: number };
  fail(reason: LoadGenError): void;
}

/** Images of one pair in a request. */
interface Part {
  readonly pair: PendingPair;
  readonly firstImage: number;
  readonly images: number;
}

/**
 * Answers queries by requests to a server, in the order in which they were issued; what waits when a slot is free goes
 * together. A pair is complete when its embeddings are here and checked. Nothing is asked twice: a request that fails
 * ends the run.
 */
export function startRequestQueue({ slots, imagesPerRequest, network, inputs }: RequestQueueOptions): RequestQueue {
  const imageBytes = network.embeddingValues * FLOAT_BYTES;
  const inputValues = inputValuesOf(network);
  /** Of the first one, some images may be on their way. */
  const queue = new SampleQueue<PendingPair>();
  const idle = [...slots];
  const asked = new Map<RequestSlot, readonly Part[]>();
  const totals = { requests: 0, roundTripNs: 0 };
  let failure: LoadGenError | undefined;

  const fail = (reason: LoadGenError): void => {
    if (failure !== undefined) return;
    failure = reason;
    const pairs = [...[...asked.values()].flat().map(({ pair }) => pair), ...queue];
    const responders = new Set(pairs.map(({ responder }) => responder));
    asked.clear();
    queue.clear();
    for (const responder of responders) responder.fail(reason);
  };
  const takeParts = (): Part[] => {
    const parts: Part[] = [];
    for (let room = imagesPerRequest; room > 0; ) {
      const pair = queue.first;
      if (pair === undefined) break;
      const images = Math.min(room, PAIR_IMAGES);
      parts.push({ pair, firstImage: pair.takeImages(images), images });
      if (pair.isTaken) queue.shift();
      room -= images;
    }
    return parts;
  };
  const dispatch = (): void => {
    while (failure === undefined && queue.length > 0) {
      const slot = idle.pop();
      if (slot === undefined) return;
      send(slot, takeParts());
    }
  };
  const send = (slot: RequestSlot, parts: readonly Part[]): void => {
    const count = parts.reduce((sum, part) => sum + part.images, 0);
    const images = parts.map(({ pair, firstImage, images: count }) =>
      imagesAt(pair.shared, pair.offset + firstImage * inputValues, count, network),
    );
    asked.set(slot, parts);
    const sentNs = monotonicClock.nowNs();
    slot.send(images, count).then(
      (embeddings) => take(slot, parts, embeddings, sentNs),
      (thrown: unknown) => {
        const { message, cause } = serverFailureOf(thrown);
        fail(new LoadGenError('SUT_FAILED', `the server ${message}`, { cause }));
      },
    );
  };
  const take = (slot: RequestSlot, parts: readonly Part[], embeddings: Uint8Array, sentNs: number): void => {
    if (!asked.delete(slot)) return;
    const completedAtNs = monotonicClock.nowNs();
    totals.requests++;
    totals.roundTripNs += completedAtNs - sentNs;
    let start = 0;
    for (const { pair, firstImage, images } of parts) {
      const end = start + images * imageBytes;
      pair.addFeatures(embeddings.subarray(start, end), firstImage * imageBytes, completedAtNs);
      start = end;
    }
    idle.push(slot);
    dispatch();
    for (const { pair } of parts) pair.answerIfComplete();
  };

  return {
    issueQuery(samples, responder) {
      if (failure !== undefined) {
        responder.fail(failure);
        return;
      }
      for (const pair of pendingPairs(samples, responder, inputs, PAIR_IMAGES * imageBytes)) queue.push(pair);
      dispatch();
    },
    totals,
    fail,
  };
}
