import { LoadGenError, messageOf } from '../base/errors.js';
import { inputValuesOf, type NetworkShape, PAIR_IMAGES, type PairInputs, pairValuesOf } from '../base/pairLayout.js';
import { monotonicClock } from '../platform/node/monotonicClock.js';
import type { ClosableSystemUnderTest } from '../sut/closableSystemUnderTest.js';
import { SampleQueue } from '../sut/pool/sampleQueue.js';

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Counts and times of requests since the start, and of the pairs that they are divided into. */
export interface ServedStatistics {
  readonly requests: number;
  readonly failedRequests: number;
  readonly images: number;
  readonly pairs: number;
  /** From a request's arrival until the system had room for its first pair. */
  readonly queueNs: number;
  /** From then on until all was answered. */
  readonly computeNs: number;
}

/** Up to four images that are computed together. */
interface Job {
  readonly inputs: Uint8Array;
  /** Where the embeddings go. */
  readonly outputs: Uint8Array;
  /** Called when a place is free for it. */
  started(atNs: number): void;
  done(): void;
  fail(reason: LoadGenError): void;
}

interface ServedModelOptions {
  readonly network: NetworkShape;
  /** Pairs that the system computes at a time. */
  readonly pairsAtATime: number;
  readonly create: (inputs: PairInputs) => Promise<ClosableSystemUnderTest>;
  /** Called once if the system fails: then no request is answered any more. */
  readonly onFailure: (reason: LoadGenError) => void;
}

/**
 * Answers requests for any number of images by a system under test, which computes pairs. A request of fewer images than
 * a pair has takes as long as one of a pair.
 *
 * @throws what `create` throws
 */
export async function createServedModel({ network, pairsAtATime, create, onFailure }: ServedModelOptions) {
  const pairValues = pairValuesOf(network);
  const imageBytes = { input: inputValuesOf(network) * FLOAT_BYTES, output: network.embeddingValues * FLOAT_BYTES };
  const shared = new SharedArrayBuffer(pairsAtATime * pairValues * FLOAT_BYTES);
  const memory = new Uint8Array(shared);
  // Each pair is a new sample, in one of a few places: systems may keep copies of samples that they know.
  const placeOf = (sample: number) => sample % pairsAtATime;
  const sut = await create({ shared, offsetOf: (sample) => placeOf(sample) * pairValues });

  const queue = new SampleQueue<Job>();
  const running = new Map<number, Job>();
  const nextSamples = Array.from({ length: pairsAtATime }, (_, place) => place);
  const totals = { requests: 0, failedRequests: 0, images: 0, pairs: 0, queueNs: 0, computeNs: 0 };
  let failure: LoadGenError | undefined;

  const fail = (reason: unknown): void => {
    if (failure !== undefined) return;
    failure =
      reason instanceof LoadGenError
        ? reason
        : new LoadGenError('SUT_FAILED', `the system failed: ${messageOf(reason)}`, { cause: reason });
    for (const job of [...running.values(), ...queue]) job.fail(failure);
    running.clear();
    queue.clear();
    onFailure(failure);
  };
  const start = (job: Job): void => {
    const sample = nextSamples.pop() ?? 0;
    memory.set(job.inputs, placeOf(sample) * pairValues * FLOAT_BYTES);
    running.set(sample, job);
    job.started(monotonicClock.nowNs());
    const responder = {
      querySamplesComplete: ([response]: readonly { readonly data: Uint8Array }[]) => {
        if (response === undefined || !running.delete(sample)) return;
        job.outputs.set(response.data.subarray(0, job.outputs.length));
        nextSamples.push(sample + pairsAtATime);
        totals.pairs++;
        job.done();
        startNext();
      },
      fail,
    };
    try {
      sut.issueQuery([{ id: sample, index: sample }], responder);
      sut.flushQueries();
    } catch (thrown) {
      fail(thrown);
    }
  };
  const startNext = (): void => {
    while (failure === undefined && nextSamples.length > 0) {
      const job = queue.shift();
      if (job === undefined) return;
      start(job);
    }
  };

  return {
    configuration: sut.configuration,
    name: sut.name,
    get statistics(): ServedStatistics {
      return { ...totals };
    },
    /**
     * The embeddings of images, as little-endian float32 like these.
     *
     * @throws SUT_… if the system has failed or is closed
     */
    infer(images: Uint8Array): Promise<Uint8Array> {
      const count = images.length / imageBytes.input;
      const outputs = new Uint8Array(count * imageBytes.output);
      const queuedNs = monotonicClock.nowNs();
      return new Promise((resolve, reject) => {
        let isSettled = false;
        let startedNs: number | undefined;
        let missing = Math.ceil(count / PAIR_IMAGES);
        const settle = {
          started: (atNs: number) => {
            startedNs ??= atNs;
          },
          done: () => {
            if (--missing > 0) return;
            totals.requests++;
            totals.images += count;
            const nowNs = monotonicClock.nowNs();
            totals.queueNs += (startedNs ?? nowNs) - queuedNs;
            totals.computeNs += nowNs - (startedNs ?? nowNs);
            resolve(outputs);
          },
          fail: (reason: LoadGenError) => {
            if (isSettled) return;
            isSettled = true;
            totals.failedRequests++;
            reject(reason);
          },
        };
        if (failure !== undefined) settle.fail(failure);
        for (let first = 0; first < count && failure === undefined; first += PAIR_IMAGES) {
          const end = Math.min(first + PAIR_IMAGES, count);
          const inputs = images.subarray(first * imageBytes.input, end * imageBytes.input);
          const room = outputs.subarray(first * imageBytes.output, end * imageBytes.output);
          queue.push({ inputs, outputs: room, ...settle });
        }
        startNext();
      });
    },
    async close(): Promise<void> {
      failure ??= new LoadGenError('SUT_CLOSED', 'the server was ended before it answered');
      const closed = failure;
      for (const job of [...running.values(), ...queue]) job.fail(closed);
      running.clear();
      queue.clear();
      await sut.close();
    },
  };
}

export type ServedModel = Awaited<ReturnType<typeof createServedModel>>;
