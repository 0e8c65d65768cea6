import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { writing } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { judgeGate } from '../../reports/gate/gate.js';
import type { Gate } from '../../reports/gate/gateSchema.js';
import { gateLines } from '../../reports/gate/gateText.js';
import { junitXml } from '../../reports/gate/junit.js';
import { parseThreshold } from '../../reports/gate/threshold.js';
import { listMarkdown, plain } from '../../reports/markdown.js';
import { isDuel } from '../../runs/duelJson.js';
import { foldersNamed } from '../../runs/repeats.js';
import { defineCommand } from '../command.js';
import { isGroups, openSubject, runsSubject, type Subject } from '../compare/subject.js';
import { type FacesArguments, withFacesOptions, writeHtmlReport, writeReport } from '../htmlReportFile.js';
import { argument, flag, text } from '../options.js';
import { UsageError } from '../printError.js';
import { hasColor } from '../terminal.js';

interface CompareArguments extends FacesArguments {
  readonly runs: readonly string[];
  readonly against: readonly string[] | undefined;
  readonly failIf: readonly string[] | undefined;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly csv: string | undefined;
  readonly html: string | undefined;
  readonly junit: string | undefined;
}

const STDOUT = '-';

export const compareCommand = defineCommand(withCompareOptions, compare);

function withCompareOptions(command: Argv) {
  return withFacesOptions(command)
    .positional('runs', {
      ...argument('Folders of runs, of single tests, or with logs of the official LoadGen; or the folder of one duel'),
      array: true,
    })
    .option('against', {
      type: 'string',
      array: true,
      describe: 'Runs of another system: the verdict comes from what differs between the runs of each',
    })
    .option('fail-if', {
      type: 'string',
      array: true,
      describe: 'End with exit code 4 if a change is shown to be beyond this, such as "SingleStream p90 > +5%"',
    })
    .option('json', flag('Print JSON'))
    .option('markdown', flag('Print Markdown, for a comment on a pull request'))
    .option('csv', text('Write CSV to this file; - prints it'))
    .option('html', text('Write a self-contained page with charts to this file'))
    .option('junit', text('Write what --fail-if decided to this file, as JUnit XML'))
    .check(({ json, markdown, csv, html, dataset, against, junit, failIf }) => {
      if (against !== undefined && csv !== undefined)
        throw new Error('--against excludes --csv: groups are printed as a table, Markdown or JSON');
      const printing = Object.entries({ '--json': json, '--markdown': markdown, '--csv -': csv === STDOUT });
      const [first, second] = printing.flatMap(([option, isGiven]) => (isGiven ? [option] : []));
      if (second !== undefined) throw new Error(`${first} and ${second} exclude each other: both print`);
      if (dataset !== undefined && html === undefined) throw new Error('--dataset is for the faces in --html FILE');
      if (junit !== undefined && failIf === undefined) throw new Error('--junit is for what --fail-if decides');
      return true;
    })
    .example('$0 compare runs/before runs/after', 'The effect of a change')
    .example('$0 compare runs/a-* --against runs/b-*', 'Several runs of each of two systems')
    .example("$0 compare runs/a-* --against runs/b-* --fail-if 'Offline per second < -5%'", 'A gate for CI')
    .example('$0 compare runs/* --csv runs.csv', 'All runs, for a spreadsheet')
    .example('$0 compare runs/before runs/after --html compared.html', 'Charts, for a browser');
}

async function compare({ failIf, csv, junit, ...options }: CompareArguments): Promise<void> {
  const thresholds = failIf?.map(parseThreshold);
  const subject = await openAndDraw(options);
  const csvText = csv === undefined ? '' : csvOf(subject);
  const gate = thresholds === undefined ? undefined : judgeGate(thresholds, subject.changes());
  if (csv !== undefined && csv !== STDOUT) await write('--csv', csv, csvText);
  if (junit !== undefined && gate !== undefined) await write('--junit', junit, junitXml(gate));
  process.stdout.write(csv === STDOUT ? csvText : textOf(subject, gate, options));
  if (gate === undefined) return;
  for (const line of gateLines(gate)) console.error(line);
  if (gate.failed) process.exitCode = EXIT_CODE.exceeded;
}

/** What is compared; with `--html`, a page about it, too. */
async function openAndDraw({
  runs,
  against,
  html,
  ...faces
}: Pick<CompareArguments, 'runs' | 'against' | 'html' | keyof FacesArguments>): Promise<Subject> {
  // Charts and faces take more than the figures.
  if (html !== undefined && !isGroups(runs, against) && !runs.some(isDuel))
    return runsSubject(await writeHtmlReport(runs.flatMap(foldersNamed), html, faces));
  const subject = await openSubject(runs, against);
  if (html !== undefined && subject.page !== undefined) await writeReport(html, subject.page());
  return subject;
}

function csvOf({ csv }: Subject): string {
  if (csv !== undefined) return csv();
  throw new UsageError('--csv is for single runs: groups and duels are printed as a table, Markdown or JSON');
}

function textOf(
  subject: Subject,
  gate: Gate | undefined,
  { json, markdown }: Pick<CompareArguments, 'json' | 'markdown'>,
) {
  if (json) return `${JSON.stringify({ ...subject.document, gate }, undefined, 2)}\n`;
  if (!markdown) return `${subject.table({ color: hasColor(process.stdout) })}\n`;
  const decided = gate === undefined ? '' : `${listMarkdown(gateLines(gate).map(plain))}\n\n`;
  return decided + subject.markdown();
}

async function write(option: string, file: string, content: string): Promise<void> {
  await writing('COMPARE_WRITE', file, () => writeWhole(file, content), `Choose another file with ${option}.`);
}
