import type { Argv } from 'yargs';
import { writing } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { writeContactSheets } from '../../qsl/contactSheets.js';
import { type OpenedDataset, openPreprocessed } from '../../qsl/openDataset.js';
import { type PreprocessedDataset, preprocessDataset } from '../../qsl/preprocessDataset.js';
import { defineCommand } from '../command.js';
import {
  type DatasetArguments,
  skippedPairsText,
  withDatasetOptions,
  withPreprocessingBar,
} from '../datasetOptions.js';
import { FACES_KEPT, interruptible } from '../interruption.js';
import { flag, text } from '../options.js';
import { withNetworkOption } from '../systemOptions.js';

interface PreprocessArguments extends DatasetArguments {
  readonly json: boolean;
  readonly verify: boolean;
  readonly report: string | undefined;
  readonly contactSheets: string | undefined;
}

export const preprocessCommand = defineCommand(
  (command: Argv) =>
    withNetworkOption(withDatasetOptions(command))
      .option('json', flag('Print JSON'))
      .option('verify', flag('Read every image again, not only those whose size or times changed'))
      .option('report', text('Write a JSON file that lists images with no face, several, or an uncertain one'))
      .option('contact-sheets', text('Draw all aligned faces with their landmarks into JPEG files in this folder'))
      .example('$0 preprocess --dataset ~/lfw', 'The first set of LFW: 600 pairs')
      .example('$0 preprocess --dataset ~/lfw --pairs 6000', 'All ten sets'),
  preprocess,
);

async function preprocess(options: PreprocessArguments): Promise<void> {
  const { opened, fromStore } = await interruptible(
    (signal) =>
      withPreprocessingBar(options, signal, async (withBar) => {
        const prepared = await preprocessDataset({ ...withBar, verify: options.verify });
        // Before anything is said about bad images: what was found is what helps to mend them.
        if (options.report !== undefined) await writeReport(options.report, prepared);
        if (options.contactSheets !== undefined) {
          await writeContactSheets(options.contactSheets, prepared.outcomes, withBar.frame, signal);
        }
        const { fromStore } = prepared.report;
        return { opened: openPreprocessed(prepared, withBar), fromStore };
      }),
    FACES_KEPT,
  );
  for (const note of opened.notes) console.error(note);
  printResult(options, opened, fromStore);
}

async function writeReport(file: string, { dataset, report }: PreprocessedDataset): Promise<void> {
  const text = `${JSON.stringify({ dataset: dataset.name, ...report }, undefined, 2)}\n`;
  await writing('CLI_REPORT', `the report ${file}`, () => writeWhole(file, text), 'Name a file that can be written.');
}

function printResult(
  options: PreprocessArguments,
  { library, skipped, digest, report }: OpenedDataset,
  fromStore: boolean,
): void {
  const { imageCount, faceCount, severalFaces, lowScores } = report;
  const pairs = library.totalSampleCount;
  if (options.json) {
    const images = { imageCount, faceCount, severalFacesCount: severalFaces.length, lowScoreCount: lowScores.length };
    const counts = { pairs, skippedPairs: skipped.length, ...images };
    console.log(JSON.stringify({ dataset: library.name, ...counts, fromStore, digest }, undefined, 2));
    return;
  }
  const before = fromStore ? ' (prepared before)' : '';
  console.log(
    `${library.name}: ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} ready, ${faceCount} of ${imageCount} images with a face${before}`,
  );
  console.log(`${severalFaces.length} images with several faces, ${lowScores.length} uncertain ones`);
  if (skipped.length > 0) console.log(skippedPairsText(skipped));
  console.log(`digest ${digest}`);
}
