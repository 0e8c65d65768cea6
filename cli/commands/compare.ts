import pc from 'picocolors';
import writeFileAtomic from 'write-file-atomic';
import type { Argv } from 'yargs';
import { writing } from '../../platform/node/files.js';
import { compareRuns } from '../../reports/compare/compareRuns.js';
import type { Comparison } from '../../reports/compare/comparison.js';
import { comparisonCsv } from '../../reports/compare/comparisonCsv.js';
import { comparisonTable } from '../../reports/compare/comparisonTable.js';
import { compareGroups } from '../../reports/compare/groups/compareGroups.js';
import type { GroupComparison } from '../../reports/compare/groups/groupComparison.js';
import { groupTable } from '../../reports/compare/groups/groupTable.js';
import { isDuel, printDuel } from '../duel/printDuel.js';
import { type FacesArguments, withFacesOptions, writeHtmlReport } from '../htmlReportFile.js';
import { argument, flag, text } from '../options.js';
import { UsageError } from '../printError.js';

interface CompareArguments extends FacesArguments {
  readonly runs: readonly string[];
  readonly json: boolean;
  readonly csv: string | undefined;
  readonly html: string | undefined;
  readonly against: readonly string[] | undefined;
}

const STDOUT = '-';

export function addCompareCommand(cli: Argv): Argv {
  return cli.command(
    'compare <runs..>',
    'Compare runs by their logs; the first is the baseline',
    (command: Argv) =>
      withFacesOptions(command)
        .positional('runs', {
          ...argument(
            'Folders of runs, of single tests, or with logs of the official LoadGen; or the folder of one duel',
          ),
          array: true,
        })
        .option('against', {
          type: 'string',
          array: true,
          describe: 'Runs of another system: the verdict comes from what differs between the runs of each',
        })
        .option('json', flag('Print JSON'))
        .option('csv', text('Write CSV to this file; - prints it'))
        .option('html', text('Write a self-contained page with charts to this file'))
        .check(({ json, csv, html, dataset, against }) => {
          if (against !== undefined && (csv ?? html) !== undefined)
            throw new Error('--against excludes --csv and --html: groups are printed as a table, or as JSON');
          if (json && csv === STDOUT) throw new Error('--json and --csv - exclude each other: both print');
          if (dataset !== undefined && html === undefined) throw new Error('--dataset is for the faces in --html FILE');
          return true;
        })
        .example('$0 compare runs/before runs/after', 'The effect of a change')
        .example('$0 compare runs/a-* --against runs/b-*', 'Several runs of each of two systems')
        .example('$0 compare runs/* --csv runs.csv', 'All runs, for a spreadsheet')
        .example('$0 compare runs/before runs/after --html compared.html', 'Charts, for a browser'),
    (options) => compare(options),
  );
}

async function compare({ runs, json, csv, html, against, ...faces }: CompareArguments): Promise<void> {
  if (against !== undefined) return printGroups(await compareGroups(runs, against), json);
  const duel = runs.find(isDuel);
  if (duel !== undefined) {
    if (runs.length > 1 || csv !== undefined || html !== undefined)
      throw new UsageError(`${duel} holds a duel, whose comparison is finished: name it alone, with --json at most`);
    return printDuel(duel, json);
  }
  const comparison = html === undefined ? await compareRuns(runs) : await writeHtmlReport(runs, html, faces);
  if (csv !== undefined && csv !== STDOUT) await writeCsv(csv, comparison);
  if (csv === STDOUT) process.stdout.write(comparisonCsv(comparison));
  else if (json) console.log(JSON.stringify(comparison, undefined, 2));
  else console.log(comparisonTable(comparison, { color: process.stdout.isTTY === true && pc.isColorSupported }));
}

function printGroups(comparison: GroupComparison, json: boolean): void {
  const color = process.stdout.isTTY === true && pc.isColorSupported;
  console.log(json ? JSON.stringify(comparison, undefined, 2) : groupTable(comparison, { color }));
}

async function writeCsv(file: string, comparison: Comparison): Promise<void> {
  const hint = 'Choose another file with --csv.';
  await writing('COMPARE_WRITE', file, () => writeFileAtomic(file, comparisonCsv(comparison)), hint);
}
