import type { Argv } from 'yargs';
import { PRECISIONS, type Precision } from '../sut/engine.js';
import { networkNamed } from '../sut/networks/index.js';
import { BATCH_SIZES } from '../sut/placement.js';
import type { SystemChoice } from './benchmark/systemChoice.js';
import { withNetworkOption } from './networkOption.js';

export interface SystemArguments {
  readonly network: string;
  readonly sut: string;
  readonly model: string | undefined;
  readonly precision: Precision | undefined;
  readonly workers: number | undefined;
  readonly threads: number | undefined;
  readonly batch: number | undefined;
}

/** The options of commands that run a system under test. */
export function withSystemOptions<Others>(command: Argv<Others>) {
  return withNetworkOption(command)
    .option('sut', {
      type: 'string',
      default: 'tfjs-tflite',
      describe: 'System under test, see "loadgen suts"; or a plugin, by path or package',
      requiresArg: true,
    })
    .option('model', {
      type: 'string',
      describe: 'A file of the network: .safetensors, or what the system loads',
      requiresArg: true,
    })
    .option('precision', {
      choices: PRECISIONS,
      describe: 'Of the system\'s arithmetic (default: its first, see "loadgen suts")',
      requiresArg: true,
    })
    .option('workers', {
      type: 'number',
      describe: 'Computing threads; 0: the issuing one (default: 0 in SingleStream, else one a core)',
      requiresArg: true,
    })
    .option('threads', { type: 'number', describe: 'Threads for one inference (default: 1)', requiresArg: true })
    .option('batch', {
      type: 'number',
      choices: BATCH_SIZES,
      describe: "Of a pair's four images, computed at a time (default: 4)",
      requiresArg: true,
    })
    .check(({ workers, threads }) => {
      if (workers !== undefined && !(Number.isInteger(workers) && workers >= 0))
        throw new Error('--workers has to be a whole number');
      if (threads !== undefined && !(Number.isInteger(threads) && threads > 0))
        throw new Error('--threads has to be 1 or more');
      return true;
    });
}

export function systemChoiceOf({ network, sut, model, ...others }: SystemArguments): SystemChoice {
  const { precision, workers, threads, batch } = others;
  return { network: networkNamed(network), sutName: sut, modelFile: model, precision, workers, threads, batch };
}
