import { existsSync } from 'node:fs';
import type { Argv } from 'yargs';
import { LoadGenError } from '../../base/errors.js';
import { writing } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { DEFAULT_PAIRS_PER_KIND, makePairList, textOf } from '../../qsl/datasets/makePairList.js';
import { defineCommand } from '../command.js';
import { argument, checkSeed, flag, number, text } from '../options.js';

interface PairsArguments {
  readonly folder: string;
  readonly same: number | undefined;
  readonly different: number | undefined;
  readonly seed: number;
  readonly output: string | undefined;
  readonly force: boolean;
}

export const pairsCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('folder', argument('Folder with one folder of JPEG or PNG files for each person'))
      .option('same', {
        ...number('Pairs that show one person'),
        defaultDescription: `as many as --different; without both ${DEFAULT_PAIRS_PER_KIND}, or what there is`,
      })
      .option('different', {
        ...number('Pairs that show two persons'),
        defaultDescription: `as many as --same; without both ${DEFAULT_PAIRS_PER_KIND}, or what there is`,
      })
      .option('seed', { ...number('Another one draws other pairs; the same one draws the same'), default: 0 })
      .option('output', text('The file to write (default: standard output)'))
      .option('force', flag('Overwrite an existing file'))
      .check(({ same, different, seed }) => {
        const isCount = (count: unknown) => count === undefined || (Number.isInteger(count) && Number(count) >= 0);
        if (!isCount(same)) throw new Error('--same must be a whole number');
        if (!isCount(different)) throw new Error('--different must be a whole number');
        if (same === 0 && different === 0) throw new Error('--same and --different are both 0: ask for a pair');
        checkSeed(seed);
        return true;
      })
      .example('$0 pairs ~/faces --output ~/faces/pairs.txt', 'Then: loadgen run --dataset ~/faces')
      .example('$0 pairs ~/faces --same 500 --different 1000 > my-pairs.txt', 'Other numbers'),
  makePairs,
);

async function makePairs({ folder, output, force, ...options }: PairsArguments): Promise<void> {
  if (output !== undefined && existsSync(output) && !force) {
    throw new LoadGenError('CLI_OUTPUT', `${output} is there already`, { hint: 'Overwrite it with --force.' });
  }
  const { list, counts, personCount, notes } = await makePairList(folder, options);
  for (const note of notes) console.error(note);
  if (output === undefined) process.stdout.write(list);
  else await writing('OUTPUT_WRITE', output, () => writeWhole(output, list));
  console.error(`${textOf(counts)}, of ${personCount} persons${output === undefined ? '' : `: ${output}`}`);
}
