import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { resultsPage } from '../../reports/html/resultsPage.js';
import { readResults } from '../../reports/results/readResults.js';
import { resultsTable } from '../../reports/results/resultsTable.js';
import { foldersNamed } from '../../runs/repeats.js';
import { writePage } from '../htmlReportFile.js';
import { argument, flag, text } from '../options.js';

interface ResultsArguments {
  readonly folders: readonly string[];
  readonly json: boolean;
  readonly html: string | undefined;
}

export function addResultsCommand(cli: Argv): Argv {
  return cli.command(
    'results <folders..>',
    'Show runs, duels and published submissions as one table: a row for each system',
    (command: Argv) =>
      command
        .positional('folders', {
          ...argument('Folders of runs, of duels or of submissions, or with some of them below, in any layout'),
          array: true,
        })
        .option('json', flag('Print JSON'))
        .option('html', text('Write a self-contained page with charts to this file'))
        .example('$0 results runs', 'All that was measured here')
        .example(
          '$0 results runs/mine inference_results_v5.1/closed/Example',
          'Beside what one submitter has published',
        )
        .example('$0 results runs --html results.html', 'Charts, and a table to sort and filter, for a browser')
        .epilogue('Exit code 2 if a folder or logs could not be read; they are named with the reason.'),
    (options) => results(options),
  );
}

async function results({ folders, json, html }: ResultsArguments): Promise<void> {
  const found = await readResults(folders.flatMap(foldersNamed));
  if (html !== undefined) await writePage(html, resultsPage(found));
  console.log(json ? JSON.stringify(found, undefined, 2) : resultsTable(found));
  if (found.unreadable.length > 0) process.exitCode = EXIT_CODE.usage;
}
