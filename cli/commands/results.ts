import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { resultsPage } from '../../reports/html/resultsPage.js';
import { readResults } from '../../reports/results/readResults.js';
import type { Results } from '../../reports/results/results.js';
import { resultsCsv } from '../../reports/results/resultsCsv.js';
import { resultsTable } from '../../reports/results/resultsTable.js';
import { foldersNamed } from '../../runs/repeats.js';
import { defineCommand } from '../command.js';
import { writeReport } from '../htmlReportFile.js';
import { argument, flag, text } from '../options.js';

interface ResultsArguments {
  readonly folders: readonly string[];
  readonly json: boolean;
  readonly csv: string | undefined;
  readonly html: string | undefined;
}

const STDOUT = '-';

export const resultsCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('folders', {
        ...argument(
          'Folders of runs, of duels or of submissions, or with some of them below, in any layout; or archives that pages save',
        ),
        array: true,
      })
      .option('json', flag('Print JSON'))
      .option('csv', text('Write CSV to this file; - prints it'))
      .option('html', text('Write a self-contained page with charts to this file'))
      .check(({ json, csv }) => {
        if (json && csv === STDOUT) throw new Error('--json and --csv - exclude each other: both print');
        return true;
      })
      .example('$0 results runs', 'All that was measured here')
      .example('$0 results runs/mine inference_results_v5.1/closed/Example', 'Beside what one submitter has published')
      .example('$0 results runs 2026-01-31T12-30-59-pixel-8-litert.zip', 'Beside what a page has measured')
      .example('$0 results runs --html results.html', 'Charts, and a table to sort and filter, for a browser')
      .epilogue('Exit code 2 if a folder, an archive or logs could not be read; they are named with the reason.'),
  results,
);

async function results({ folders, json, csv, html }: ResultsArguments): Promise<void> {
  const found = await readResults(folders.flatMap(foldersNamed));
  if (html !== undefined) await writeReport(html, resultsPage(found));
  if (csv !== undefined && csv !== STDOUT) await writeReport(csv, resultsCsv(found));
  process.stdout.write(csv === STDOUT ? resultsCsv(found) : `${json ? jsonText(found) : resultsTable(found)}\n`);
  if (found.unreadable.length === 0) return;
  process.exitCode = EXIT_CODE.usage;
  // A table names them itself; in CSV there is no place.
  if (csv === STDOUT)
    for (const { folder, reason } of found.unreadable) console.error(`Not read: ${folder}: ${reason}`);
}

function jsonText(found: Results): string {
  return JSON.stringify(found, undefined, 2);
}
