import { LoadGenError } from '../../base/errors.js';
import { inputValuesOf, type NetworkShape, PAIR_IMAGES, type PairInputs } from '../../base/pairLayout.js';
import type { ClosableSystemUnderTest, EngineFacts } from '../closableSystemUnderTest.js';
import { type PendingPair, pendingPairs } from './pendingPair.js';
import { SampleQueue } from './sampleQueue.js';

/** The images at a place in shared memory. */
export interface PoolTask {
  readonly shared: SharedArrayBuffer;
  /** Of the first image, counted in float32 values. */
  readonly offset: number;
  readonly images: number;
}

/** An engine in a thread or a process of its own. */
export interface PoolMember {
  readonly engine: EngineFacts;
  /** The embeddings of the last task from the start on, overwritten by the next task. */
  readonly features: Uint8Array;
  /** Runs a task, then calls `done`, unless the member dies. One task at a time. */
  run(task: PoolTask, done: (completedAtNs: number) => void): void;
  /**
   * Closes the engine and ends the member; in the middle of a task, ends it at once.
   *
   * @throws SUT_WORKER if the engine does not close in time
   */
  terminate(): Promise<void>;
}

interface PoolOptions {
  /** Starts a member. `onDeath` is to be called once if it ends in any other way than by `terminate`. */
  readonly startMember: (index: number, onDeath: (reason: LoadGenError) => void) => Promise<PoolMember>;
  readonly memberCount: number;
  readonly network: NetworkShape;
  readonly inputs: PairInputs;
  /** Images that a member takes at a time. Fewer than a pair's four spread each pair over several members. */
  readonly imagesPerTask: number;
}

export interface Pool extends Pick<ClosableSystemUnderTest, 'issueQuery' | 'close'> {
  /** Of the first member; all are alike. */
  readonly engine: EngineFacts;
}

/**
 * Answers queries by several engines; samples are taken in the order they were issued, each by the first members that are
 * free. Completion times are the members'. If one dies, the run is told, and the pool is of no further use than to be
 * closed.
 *
 * @throws what `startMember` throws, after the others have ended
 */
export async function startPool({
  startMember,
  memberCount,
  network,
  inputs,
  imagesPerTask,
}: PoolOptions): Promise<Pool> {
  const imageBytes = network.embeddingValues * Float32Array.BYTES_PER_ELEMENT;
  const inputValues = inputValuesOf(network);
  /** Of the first one, some images may be with members already. */
  const queue = new SampleQueue<PendingPair>();
  const running = new Map<PoolMember, PendingPair>();
  let failure: LoadGenError | undefined;

  const fail = (reason: LoadGenError): void => {
    if (failure !== undefined) return;
    failure = reason;
    const responders = new Set([...running.values(), ...queue].map(({ responder }) => responder));
    running.clear();
    queue.clear();
    for (const responder of responders) responder.fail(reason);
  };
  const members = await startAll(
    memberCount,
    (index) => startMember(index, fail),
    (member) => member.terminate(),
  );
  const idle = [...members];

  const dispatch = (): void => {
    while (failure === undefined) {
      const pair = queue.first;
      const member = pair === undefined ? undefined : idle.pop();
      if (pair === undefined || member === undefined) return;
      const firstImage = pair.takeImages(imagesPerTask);
      if (pair.isTaken) queue.shift();
      run(member, pair, firstImage);
    }
  };
  const run = (member: PoolMember, pair: PendingPair, firstImage: number): void => {
    const images = Math.min(imagesPerTask, PAIR_IMAGES - firstImage);
    const task = { shared: pair.shared, offset: pair.offset + firstImage * inputValues, images };
    running.set(member, pair);
    member.run(task, (completedAtNs) => {
      if (!running.delete(member)) return;
      pair.addFeatures(member.features.subarray(0, images * imageBytes), firstImage * imageBytes, completedAtNs);
      idle.push(member);
      dispatch();
      pair.answerIfComplete();
    });
  };

  const engine = members[0]?.engine;
  if (engine === undefined) throw new RangeError('a pool needs a member');
  return {
    engine,
    issueQuery(samples, responder) {
      if (failure !== undefined) {
        responder.fail(failure);
        return;
      }
      for (const pair of pendingPairs(samples, responder, inputs, PAIR_IMAGES * imageBytes)) queue.push(pair);
      dispatch();
    },
    async close() {
      fail(new LoadGenError('SUT_CLOSED', 'the system under test was closed before it answered'));
      await Promise.all(members.map((member) => member.terminate()));
    },
  };
}

/** Starts so many at a time; if one does not start, ends the others and throws why. */
export async function startAll<Started>(
  count: number,
  start: (index: number) => Promise<Started>,
  end: (started: Started) => Promise<void>,
): Promise<Started[]> {
  const results = await Promise.allSettled(Array.from({ length: count }, (_, index) => start(index)));
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const rejected = results.find((result) => result.status === 'rejected');
  if (rejected === undefined) return started;
  await Promise.all(started.map(end));
  throw rejected.reason;
}
