import type { Argv } from 'yargs';
import { DIVISIONS } from '../../submission/index.js';
import { argument, choice, text } from '../options.js';

/** Where in a submission's tree a system's results belong. */
export function withPlaceOptions<Others>(command: Argv<Others>) {
  return command
    .positional('tree', argument("The submission's folder; created if it does not exist"))
    .option('division', { ...choice(DIVISIONS, 'Division of the results'), demandOption: true })
    .option('submitter', { ...text('Your organization'), demandOption: true })
    .option('system', { ...text('A name for this machine'), demandOption: true });
}
