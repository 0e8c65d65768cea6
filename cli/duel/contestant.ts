import { LoadGenError } from '../../base/errors.js';
import type { SystemOptions } from '../supervision/jobContext.js';
import { errorFromPlain } from '../supervision/messages.js';
import { type RequestSender, type SupervisionOptions, supervise } from '../supervision/supervise.js';
import { type Contestant, roundAnswerSchema } from './rounds.js';

/** Keeps a system in a process of its own. It is opened with the first request. */
export function openContestant(system: SystemOptions, supervision: SupervisionOptions): Contestant {
  let requests: RequestSender | undefined;
  let onAnswer: (content: unknown) => void = () => {};
  const ended = supervise('contest', system, {
    ...supervision,
    onOpen: (sender) => {
      requests = sender;
    },
    onAnswer: (content) => onAnswer(content),
  }).then(
    (ending) => (ending.kind === 'failed' ? ending.reason : ending.result && errorFromPlain(ending.result)),
    (thrown: unknown) => thrown,
  );
  return {
    async measure(request) {
      const answered = new Promise<unknown>((resolve) => {
        onAnswer = resolve;
      });
      requests?.send(request);
      const outcome = await Promise.race([
        answered.then((content) => ({ content })),
        ended.then((reason) => ({ reason })),
      ]);
      if ('reason' in outcome) throw outcome.reason ?? endedError(supervision.sutName);
      const { data } = roundAnswerSchema.safeParse(outcome.content);
      if (data === undefined)
        throw new LoadGenError('SUT_FAILED', `${supervision.sutName} gave no latencies of a round`);
      return data;
    },
    async close() {
      requests?.end();
      await ended;
    },
  };
}

function endedError(name: string): LoadGenError {
  return new LoadGenError('SUT_ENDED', `the process of ${name} ended before its next round`);
}
