import type { Argv } from 'yargs';
import { DIVISIONS } from '../../submission/index.js';

/** Where in a submission's tree a system's results belong. */
export function withPlaceOptions<Others>(command: Argv<Others>) {
  return command
    .positional('tree', { type: 'string', demandOption: true, describe: 'Folder, made if it is not there' })
    .option('division', { choices: DIVISIONS, demandOption: true, describe: 'Of the results', requiresArg: true })
    .option('submitter', { type: 'string', demandOption: true, describe: 'Your organization', requiresArg: true })
    .option('system', { type: 'string', demandOption: true, describe: 'A name for this machine', requiresArg: true });
}
