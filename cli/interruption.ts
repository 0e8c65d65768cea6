import { EXIT_CODE, LoadGenError } from '../base/errors.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `action` with a signal that Ctrl-C, SIGTERM and a closed terminal abort, so that logs are completed and workers ended. A second
 * Ctrl-C ends the process at once.
 */
export async function interruptible<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT_CODE.invalid);
    console.error('\nInterrupted: ending in good order. Press Ctrl-C once more to end at once.');
    controller.abort(
      new LoadGenError('INTERRUPTED', 'interrupted; what was under way was not kept', {
        exitCode: EXIT_CODE.invalid,
      }),
    );
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return await action(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
