import { LoadGenError, messageOf } from '../base/errors.js';
import { hintOfMachine } from '../platform/node/systemErrors.js';

/** Node.js loads modules side by side: on Node.js 20, the command line takes 186 files at a time, a run of two workers 190. */
const NEEDED_OPEN_FILES = 256;

/** @throws LoadGenError `MACHINE_LIMIT` if too few files may be open at a time for the modules of any command */
export function checkOpenFiles(): void {
  const limit = openFileLimit();
  if (limit >= NEEDED_OPEN_FILES) return;
  throw new LoadGenError(
    'MACHINE_LIMIT',
    `found a limit of ${limit} files open at a time, expected at least ${NEEDED_OPEN_FILES}`,
    { hint: `Raise it where the command is started: ulimit -n ${NEEDED_OPEN_FILES}` },
  );
}

/** The error for what the machine's limits caused where nobody expected it; all else as it was thrown. */
export function withMachineLimit(thrown: unknown): unknown {
  const hint = hintOfMachine(thrown);
  if (hint === undefined || thrown instanceof LoadGenError) return thrown;
  return new LoadGenError('MACHINE_LIMIT', messageOf(thrown), { hint, cause: thrown });
}

/** Infinity where there is none, or it is unknown. Node.js has raised the soft limit to the hard one. */
function openFileLimit(): number {
  // Who looks for the names of the machine's addresses may wait for them.
  if ('excludeNetwork' in process.report) process.report.excludeNetwork = true;
  const limit = /"open_files":\{"soft":(\d+)/.exec(JSON.stringify(process.report.getReport()))?.[1];
  return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
}
