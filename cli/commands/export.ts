import { basename, join, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { missingTestText, readMissingTests } from '../../reports/figures/missingTests.js';
import { hgrmText, hlogText, latencyCsv, readQueryLatencies } from '../../reports/latencyFiles.js';
import { readRunResult } from '../../reports/result/readRunResult.js';
import { viewerTraces } from '../../reports/trace/viewerTrace.js';
import { RESULT_EXPORT, TEST_EXPORTS } from '../../runs/layout.js';
import { openRun, type Run } from '../../runs/openRun.js';
import { defineCommand } from '../command.js';
import { exportFile } from '../exportFile.js';
import { interruptible } from '../interruption.js';
import { argument, flag } from '../options.js';
import { startProgressBar } from '../progressBar.js';

interface ExportArguments {
  readonly run: string;
  readonly hgrm: boolean;
  readonly hlog: boolean;
  readonly csv: boolean;
  readonly json: boolean;
  readonly trace: boolean;
}

export const exportCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('run', argument('Folder of a run, or of one test'))
      .option('hgrm', flag(`${TEST_EXPORTS.hgrm}: HdrHistogram percentiles, in ns`))
      .option('hlog', flag(`${TEST_EXPORTS.hlog}: an HdrHistogram log, maximum in ms`))
      .option('csv', flag(`${TEST_EXPORTS.csv}: every latency, exact`))
      .option('json', flag(`${RESULT_EXPORT}: all results, in the run's folder`))
      .option('trace', flag(`${TEST_EXPORTS.trace}: for ui.perfetto.dev and chrome://tracing`))
      .check(({ hgrm, hlog, csv, json, trace }) => {
        if (!(hgrm || hlog || csv || json || trace))
          throw new Error('Name a format: --json, --trace, --hgrm, --hlog or --csv');
        return true;
      })
      .example('$0 export runs/mine --json', 'All results as one JSON document')
      .example('$0 export runs/mine --trace', 'Beside the logs of each performance test'),
  exportRun,
);

async function exportRun({ run, json, trace, ...latencyFormats }: ExportArguments): Promise<void> {
  if (json) await exportFile(join(run, RESULT_EXPORT), await resultText(run));
  const opened = await openRun(run);
  for (const test of await readMissingTests(opened))
    console.error(`${printable(test.scenario, 20)}: ${missingTestText(test)}`);
  const { hgrm, hlog, csv } = latencyFormats;
  const counts = [
    ...(hgrm || hlog || csv ? [await exportLatencies(opened, latencyFormats)] : []),
    ...(trace ? [await interruptible((signal) => exportTraces(opened, signal))] : []),
  ];
  if (!counts.includes(0)) return;
  throw new LoadGenError('EXPORT_NOTHING', `${run} holds no performance test; expected one`);
}

/** Names only the last part of the run's path: the file is for others, and the rest may name the machine's owner. */
async function resultText(run: string): Promise<string> {
  const result = { ...(await readRunResult(run)), folder: basename(resolve(run)) };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

/** @returns the number of tests */
async function exportTraces(run: Run, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const { folder, scenario, chunks } of viewerTraces(run)) {
    const bar = startProgressBar(`${scenario} trace`);
    try {
      const text = chunks((share) => bar.update(share));
      await exportFile(join(folder, TEST_EXPORTS.trace), text, signal);
    } finally {
      bar.stop();
    }
    count++;
  }
  return count;
}

/** @returns the number of tests */
async function exportLatencies(run: Run, formats: Pick<ExportArguments, 'hgrm' | 'hlog' | 'csv'>): Promise<number> {
  let count = 0;
  for await (const latencies of readQueryLatencies(run)) {
    const file = (format: keyof typeof TEST_EXPORTS) => join(latencies.folder, TEST_EXPORTS[format]);
    if (formats.hgrm) await exportFile(file('hgrm'), hgrmText(latencies));
    if (formats.hlog) await exportFile(file('hlog'), hlogText(latencies));
    if (formats.csv) await exportFile(file('csv'), latencyCsv(latencies));
    count++;
  }
  return count;
}
