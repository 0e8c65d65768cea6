import type { Clock } from '../base/clock.js';
import { LoadGenError } from '../base/errors.js';
import { imagesAt, type NetworkShape, PAIR_IMAGES, type PairInputs, responseBytesOf } from '../base/pairLayout.js';
import type { QueryResponder, QuerySample } from '../loadgen/systemUnderTest.js';
import type { ClosableSystemUnderTest, SystemConfiguration } from './closableSystemUnderTest.js';
import type { Engine } from './engine.js';
import { inferInBatches } from './inferInBatches.js';
import { SampleQueue } from './pool/sampleQueue.js';
import { CLOSE_LIMIT_MS, withinTime } from './timeLimits.js';

interface QueuedSample {
  readonly sample: QuerySample;
  readonly responder: QueryResponder;
}

interface IssuingThreadParts {
  readonly engine: Engine;
  readonly network: NetworkShape;
  readonly inputs: PairInputs<ArrayBufferLike>;
  /** Images at a time. */
  readonly batch: number;
  /** What is known of engine and model. */
  readonly configuration: SystemConfiguration;
  readonly clock: Clock;
}

/**
 * Runs an engine for face pairs on the thread that issues queries, `batch` images at a time. A query of one sample is
 * answered from inside `issueQuery` if the engine computes there, so that nothing stands between the clock and the
 * engine; the samples of a larger one follow one by one, and between two of them the event loop turns. The system owns
 * the engine and closes it.
 */
export function createIssuingThreadSystem({
  engine,
  network,
  inputs,
  batch,
  configuration,
  clock,
}: IssuingThreadParts): ClosableSystemUnderTest {
  const takeTurn = (callback: () => void) => clock.schedule(callback, 0);
  const data = new Uint8Array(responseBytesOf(network));
  const features = new Float32Array(data.buffer);
  const queue = new SampleQueue<QueuedSample>();
  let running: QueuedSample | undefined;
  let cancelTurn: (() => void) | undefined;

  const run = (queued: QueuedSample): void => {
    const { sample, responder } = queued;
    running = queued;
    try {
      const images = imagesAt(inputs.shared, inputs.offsetOf(sample.index), PAIR_IMAGES, network);
      const pending = inferInBatches(engine, network, batch, images, features);
      if (pending === undefined) finish(queued);
      else pending.then(() => finish(queued), fail);
    } catch (thrown) {
      fail(thrown);
    }
    function fail(reason: unknown): void {
      if (running !== queued) return;
      running = undefined;
      queue.clear();
      responder.fail(reason);
    }
  };
  const finish = (queued: QueuedSample): void => {
    if (running !== queued) return;
    running = undefined;
    queued.responder.querySamplesComplete([{ id: queued.sample.id, data }]);
    if (queue.length > 0) cancelTurn ??= takeTurn(runNext);
  };
  const runNext = (): void => {
    cancelTurn = undefined;
    const next = running === undefined ? queue.shift() : undefined;
    if (next !== undefined) run(next);
  };

  return {
    name: `${engine.name} in the issuing thread`,
    configuration: { ...configuration, workers: 0, batch },
    issueQuery(samples, responder) {
      const [first] = samples;
      if (samples.length === 1 && first !== undefined && queue.length === 0 && running === undefined) {
        run({ sample: first, responder });
        return;
      }
      for (const sample of samples) queue.push({ sample, responder });
      if (running === undefined) cancelTurn ??= takeTurn(runNext);
    },
    flushQueries() {},
    async close() {
      cancelTurn?.();
      const unanswered = running ?? queue.shift();
      running = undefined;
      queue.clear();
      await withinTime(CLOSE_LIMIT_MS, engine.close(), () => {
        const message = `the engine ${engine.name} did not close within ${CLOSE_LIMIT_MS / 1000} s`;
        return new LoadGenError('SUT_HUNG', message);
      });
      unanswered?.responder.fail(new LoadGenError('SUT_CLOSED', 'the system under test was closed before it answered'));
    },
  };
}
