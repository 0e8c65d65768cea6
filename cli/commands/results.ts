import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { readResults } from '../../reports/results/readResults.js';
import { resultsTable } from '../../reports/results/resultsTable.js';
import { argument, flag } from '../options.js';

interface ResultsArguments {
  readonly tree: string;
  readonly json: boolean;
}

export function addResultsCommand(cli: Argv): Argv {
  return cli.command(
    'results <tree>',
    'Show every result below a folder, such as a round that was published',
    (command: Argv) =>
      command
        .positional('tree', argument('A folder with logs below it, ours or of the official LoadGen, in any layout'))
        .option('json', flag('Print JSON'))
        .example('$0 results inference_results_v5.1/closed/Example', 'What one submitter has published')
        .epilogue('Exit code 2 if logs could not be read; they are named with the reason.'),
    (options) => results(options),
  );
}

async function results({ tree, json }: ResultsArguments): Promise<void> {
  const found = await readResults(tree);
  console.log(json ? JSON.stringify(found, undefined, 2) : resultsTable(found));
  if (found.unreadable.length > 0) process.exitCode = EXIT_CODE.usage;
}
