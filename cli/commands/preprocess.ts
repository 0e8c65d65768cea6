import type { Argv } from 'yargs';
import { openDataset } from '../../qsl/index.js';
import {
  type DatasetArguments,
  skippedPairsText,
  withDatasetOptions,
  withPreprocessingBar,
} from '../datasetOptions.js';
import { interruptible } from '../interruption.js';
import { withNetworkOption } from '../networkOption.js';

export function addPreprocessCommand(cli: Argv): Argv {
  return cli.command(
    'preprocess',
    'Find and align the faces of a data set, so that later runs start at once',
    (command: Argv) =>
      withNetworkOption(withDatasetOptions(command))
        .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
        .example('$0 preprocess --dataset ~/lfw', 'The first set of LFW: 600 pairs')
        .example('$0 preprocess --dataset ~/lfw --pairs 6000', 'All ten sets'),
    (options) => preprocess(options),
  );
}

async function preprocess(options: DatasetArguments & { json: boolean }): Promise<void> {
  const { library, skipped, digest, report } = await interruptible((signal) =>
    withPreprocessingBar(options, signal, openDataset),
  );
  const { imageCount, faceCount, severalFacesCount, lowScoreCount, fromStore } = report;
  const pairs = library.totalSampleCount;
  if (options.json) {
    const counts = { pairs, skippedPairs: skipped.length, imageCount, faceCount, severalFacesCount, lowScoreCount };
    console.log(JSON.stringify({ dataset: library.name, ...counts, fromStore, digest }, undefined, 2));
    return;
  }
  const before = fromStore ? ' (prepared before)' : '';
  console.log(`${library.name}: ${pairs} pairs ready, ${faceCount} of ${imageCount} images with a face${before}`);
  console.log(`${severalFacesCount} images with several faces, ${lowScoreCount} uncertain ones`);
  if (skipped.length > 0) console.log(skippedPairsText(skipped));
  console.log(`digest ${digest}`);
}
