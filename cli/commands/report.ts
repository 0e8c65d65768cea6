import { join } from 'node:path';
import type { Argv } from 'yargs';
import { isDuel } from '../../runs/duelJson.js';
import { REPORT_PAGE } from '../../runs/layout.js';
import { defineCommand } from '../command.js';
import { duelSubject } from '../compare/subject.js';
import { type FacesArguments, withFacesOptions, writeHtmlReport, writeReport } from '../htmlReportFile.js';
import { argument, text } from '../options.js';

interface ReportArguments extends FacesArguments {
  readonly run: string;
  readonly output: string | undefined;
}

export const reportCommand = defineCommand(
  (command: Argv) =>
    withFacesOptions(command)
      .positional('run', argument('Folder of a run, of a duel, of one test, or with logs of the official LoadGen'))
      .option('output', text("The page's file (default: report.html in the run's folder)"))
      .example('$0 report runs/mine', 'One self-contained file: runs/mine/report.html')
      .example('$0 report runs/mine --dataset ~/lfw', 'With the faces of wrongly decided pairs'),
  report,
);

async function report({ run, output, ...faces }: ReportArguments): Promise<void> {
  const file = output ?? join(run, REPORT_PAGE);
  if (isDuel(run)) await writeReport(file, (await duelSubject(run)).page());
  else await writeHtmlReport([run], file, faces);
  console.log(file);
}
