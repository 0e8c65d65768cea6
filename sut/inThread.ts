import { LoadGenError } from '../base/errors.js';
import type { QueryResponder, QuerySample } from '../loadgen/systemUnderTest.js';
import type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
import type { Engine, EngineModel } from './engine.js';
import { engineConfiguration } from './engineConfiguration.js';
import { PAIR_FEATURE_VALUES, type PairInputs, pairInputsAt } from './pairInputs.js';

interface QueuedSample {
  readonly sample: QuerySample;
  readonly responder: QueryResponder;
}

/**
 * Runs an engine for face pairs on the thread that issues queries. A query of one sample is answered from inside
 * `issueQuery`, so that nothing stands between the clock and the engine; the samples of a larger one follow one by one,
 * and between two of them the event loop turns. The system owns the engine and closes it.
 */
export function createInThreadSut(engine: Engine, model: EngineModel, inputs: PairInputs): ClosableSystemUnderTest {
  const features = new Float32Array(PAIR_FEATURE_VALUES);
  const data = new Uint8Array(features.buffer);
  const queue: QueuedSample[] = [];
  let nextTurn: NodeJS.Immediate | undefined;

  const answer = ({ id, index }: QuerySample, responder: QueryResponder): void => {
    try {
      engine.infer(pairInputsAt(inputs.shared, inputs.offsetOf(index)), features);
    } catch (error) {
      queue.length = 0;
      responder.fail(error);
      return;
    }
    responder.querySamplesComplete([{ id, data }]);
  };
  const answerNext = (): void => {
    nextTurn = undefined;
    const next = queue.shift();
    if (next === undefined) return;
    answer(next.sample, next.responder);
    if (queue.length > 0) nextTurn ??= setImmediate(answerNext);
  };

  return {
    name: `${engine.name} in the issuing thread`,
    configuration: { ...engineConfiguration(engine, model), workers: 0 },
    issueQuery(samples, responder) {
      const [first] = samples;
      if (samples.length === 1 && first !== undefined && queue.length === 0) {
        answer(first, responder);
        return;
      }
      for (const sample of samples) queue.push({ sample, responder });
      nextTurn ??= setImmediate(answerNext);
    },
    flushQueries() {},
    async close() {
      clearImmediate(nextTurn);
      const [unanswered] = queue;
      queue.length = 0;
      engine.close();
      unanswered?.responder.fail(new LoadGenError('SUT_CLOSED', 'the system under test was closed before it answered'));
    },
  };
}
