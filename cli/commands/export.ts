import { join } from 'node:path';
import type { Argv } from 'yargs';
import {
  hgrmText,
  hlogText,
  latencyCsv,
  readQueryLatencies,
  readRunResult,
  viewerTraces,
} from '../../reports/index.js';
import { exportChunks, exportText } from '../exportFile.js';
import { interruptible } from '../interruption.js';
import { startProgressBar } from '../progressBar.js';

/** Not to be taken for a log of the LoadGen. */
const TRACE_NAME = 'trace.perfetto.json';

interface ExportArguments {
  readonly run: string;
  readonly hgrm: boolean;
  readonly hlog: boolean;
  readonly csv: boolean;
  readonly json: boolean;
  readonly trace: boolean;
}

export function addExportCommand(cli: Argv): Argv {
  return cli.command(
    'export <run>',
    "Write a run's result, latencies and traces for other programs",
    (command: Argv) =>
      command
        .positional('run', { type: 'string', demandOption: true, describe: 'Folder of a run, or of one test' })
        .option('hgrm', {
          type: 'boolean',
          default: false,
          describe: 'latencies.hgrm: HdrHistogram percentiles, in ns',
        })
        .option('hlog', { type: 'boolean', default: false, describe: 'latencies.hlog: an HdrHistogram log' })
        .option('csv', { type: 'boolean', default: false, describe: 'latencies.csv: each latency, exactly' })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: "result.json: all results, in the run's folder",
        })
        .option('trace', {
          type: 'boolean',
          default: false,
          describe: `${TRACE_NAME}: for ui.perfetto.dev and chrome://tracing`,
        })
        .check(({ hgrm, hlog, csv, json, trace }) => {
          if (!(hgrm || hlog || csv || json || trace))
            throw new Error('Name a format: --json, --trace, --hgrm, --hlog or --csv');
          return true;
        })
        .example('$0 export runs/mine --json', 'All results as one JSON document')
        .example('$0 export runs/mine --trace', 'Beside the logs of each performance test'),
    (options) => exportRun(options),
  );
}

async function exportRun(options: ExportArguments): Promise<void> {
  const { run, hgrm, hlog, csv, json, trace } = options;
  if (json) await exportText(join(run, 'result.json'), `${JSON.stringify(await readRunResult(run), undefined, 2)}\n`);
  if (hgrm || hlog || csv) await exportLatencies(options);
  if (trace) await interruptible((signal) => exportTraces(run, signal));
}

async function exportTraces(run: string, signal: AbortSignal): Promise<void> {
  for await (const { folder, scenario, chunks } of viewerTraces(run)) {
    const file = join(folder, TRACE_NAME);
    const bar = startProgressBar(`${scenario} trace`);
    try {
      const text = chunks((share) => bar.update(share));
      await exportChunks(file, text, signal);
    } finally {
      bar.stop();
    }
  }
}

async function exportLatencies({ run, hgrm, hlog, csv }: ExportArguments): Promise<void> {
  for await (const latencies of readQueryLatencies(run)) {
    const file = (name: string) => join(latencies.folder, name);
    if (hgrm) await exportText(file('latencies.hgrm'), hgrmText(latencies));
    if (hlog) await exportText(file('latencies.hlog'), hlogText(latencies));
    if (csv) await exportText(file('latencies.csv'), latencyCsv(latencies));
  }
}
