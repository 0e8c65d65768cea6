import { LoadGenError } from '../../base/errors.js';
import { responseBytesOf } from '../../base/pairLayout.js';
import { networkNamed } from '../../sut/networks/index.js';
import { type Finished, type JobContext, openSystem, type SystemOptions } from '../supervision/jobContext.js';
import { type PlainError, plainError } from '../supervision/messages.js';
import { keepSamples } from './keepSamples.js';
import { measureRound } from './measureRound.js';
import { roundRequestSchema } from './rounds.js';

/** Why a contestant could not go on; undefined if it was not needed any more. */
export type ContestResult = PlainError | undefined;

/** Keeps one contestant of a duel in this process, and measures a round whenever it is asked for one. */
export async function contest(options: SystemOptions, context: JobContext): Promise<Finished<ContestResult>> {
  const { sut, dataset } = await openSystem(options, context);
  const { signal, enter } = context;
  const round = {
    sut,
    library: keepSamples(dataset.library),
    signal,
    responseTimeoutMs: options.responseTimeoutMs,
    responseBytes: responseBytesOf(networkNamed(options.system.network).shape),
    onProgress: () => enter('measure'),
  };
  const close = () => sut.close();
  enter('wait');
  for await (const request of context.requests) {
    enter('warmUp');
    const measured = await measureRound(round, roundRequestSchema.parse(request));
    if (measured instanceof LoadGenError) return { result: plainError(measured), close };
    enter('wait');
    context.answer(measured);
  }
  const reason: unknown = signal.reason;
  return { result: reason instanceof LoadGenError ? plainError(reason) : undefined, close };
}
