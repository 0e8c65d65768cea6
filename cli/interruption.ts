import { EXIT_CODE, LoadGenError } from '../base/errors.js';
import { printError } from './printError.js';
import { endProgressBars } from './terminal.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What has become of a command's work if it finds faces first. */
export const FACES_KEPT = 'faces found so far are kept, and not looked for again';

/** Ends in good order what is under way; undefined where nothing is that leaves anything behind. */
let endInOrder: (() => void) | undefined;

/** From here on, Ctrl-C, SIGTERM and a closed terminal end the command with a message and an exit code of its own. */
export function handleInterruption(): void {
  for (const signal of SIGNALS) process.on(signal, () => (endInOrder ?? endAtOnce)());
}

/**
 * Runs `action` with a signal that is aborted when the command is interrupted, so that logs are completed and workers
 * ended. A second Ctrl-C ends the process at once.
 *
 * @param outcome what has become of the work, for the message
 */
export async function interruptible<T>(
  action: (signal: AbortSignal) => Promise<T>,
  outcome = 'what was under way was not kept',
): Promise<T> {
  const controller = new AbortController();
  endInOrder = () => {
    if (controller.signal.aborted) process.exit(EXIT_CODE.invalid);
    endProgressBars();
    console.error('\nInterrupted: ending in good order. Press Ctrl-C once more to end at once.');
    controller.abort(new LoadGenError('INTERRUPTED', `interrupted; ${outcome}`));
  };
  try {
    return await action(controller.signal);
  } finally {
    endInOrder = undefined;
  }
}

function endAtOnce(): void {
  endProgressBars();
  printError(new LoadGenError('INTERRUPTED', 'interrupted'));
  process.exit(EXIT_CODE.invalid);
}
