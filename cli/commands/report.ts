import { join } from 'node:path';
import type { Argv } from 'yargs';
import { PAGE } from '../exportNames.js';
import { type FacesArguments, withFacesOptions, writeHtmlReport } from '../htmlReportFile.js';

interface ReportArguments extends FacesArguments {
  readonly run: string;
  readonly output: string | undefined;
}

export function addReportCommand(cli: Argv): Argv {
  return cli.command(
    'report <run>',
    'Write a page with charts of one run, for a browser',
    (command: Argv) =>
      withFacesOptions(command)
        .positional('run', {
          type: 'string',
          demandOption: true,
          describe: 'Folder of a run, of one test, or with logs of the official LoadGen',
        })
        .option('output', {
          type: 'string',
          describe: "The page's file (default: report.html in the run's folder)",
          requiresArg: true,
        })
        .example('$0 report runs/mine', 'One file, which needs nothing beside it: runs/mine/report.html')
        .example('$0 report runs/mine --dataset ~/lfw', 'With the faces of the pairs that were decided wrongly'),
    (options) => report(options),
  );
}

async function report({ run, output, ...faces }: ReportArguments): Promise<void> {
  const file = output ?? join(run, PAGE);
  await writeHtmlReport([run], file, faces);
  console.log(file);
}
