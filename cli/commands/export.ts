import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Argv } from 'yargs';
import { EXIT_CODE, LoadGenError, messageOf } from '../../base/errors.js';
import { hgrmText, hlogText, latencyCsv, type QueryLatencies, readQueryLatencies } from '../../reports/index.js';

interface ExportArguments {
  readonly run: string;
  readonly hgrm: boolean;
  readonly hlog: boolean;
  readonly csv: boolean;
}

export function addExportCommand(cli: Argv): Argv {
  return cli.command(
    'export <run>',
    "Write a run's latencies for other programs",
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
        .check(({ hgrm, hlog, csv }) => {
          if (!(hgrm || hlog || csv)) throw new Error('Name a format: --hgrm, --hlog or --csv');
          return true;
        })
        .example('$0 export runs/mine --hgrm', 'For an HdrHistogram plotter, beside the logs of each test'),
    (options) => exportLatencies(options),
  );
}

async function exportLatencies({ run, hgrm, hlog, csv }: ExportArguments): Promise<void> {
  for await (const latencies of readQueryLatencies(run)) {
    if (hgrm) await write(latencies, 'latencies.hgrm', hgrmText);
    if (hlog) await write(latencies, 'latencies.hlog', hlogText);
    if (csv) await write(latencies, 'latencies.csv', latencyCsv);
  }
}

async function write(
  latencies: QueryLatencies,
  name: string,
  textOf: (latencies: QueryLatencies) => string,
): Promise<void> {
  const file = join(latencies.folder, name);
  try {
    await writeFileAtomic(file, textOf(latencies));
  } catch (thrown) {
    throw new LoadGenError('EXPORT_WRITE', `cannot write ${file}: ${messageOf(thrown)}`, {
      cause: thrown,
      exitCode: EXIT_CODE.internal,
    });
  }
  console.log(file);
}
