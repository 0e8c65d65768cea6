import type { Argv } from 'yargs';
import { PRECISIONS } from '../sut/engine.js';
import { NETWORK_NAMES, NETWORKS, networkNamed } from '../sut/networks/index.js';
import { BATCH_SIZES } from '../sut/placement.js';
import { isRemoteName } from '../sut/remote/remoteName.js';
import type { TargetOptions } from '../sut/targets.js';
import type { SystemChoice } from './benchmark/systemChoice.js';
import { checkAboveZero, choice, flag, number, text } from './options.js';

const DEFAULT_WARM_UP = 2;

export const START_TIMEOUT = number(
  'Give up if the system is not created in this many seconds (default: 20 for plugins)',
);
export const RESPONSE_TIMEOUT = number('Give up after this many seconds without a response');
export const PYTHON = text(
  'Python that runs an engine written in it (default: that of the active virtual environment, else python3)',
);
export const UNVERIFIED = flag('Skip the check of the embeddings of reference faces');

export interface SystemArguments
  extends TargetOptions,
    Pick<SystemChoice, 'precision' | 'workers' | 'threads' | 'batch'> {
  readonly network: string;
  readonly sut: string;
  readonly model: string | undefined;
  readonly python?: string | undefined;
  readonly startTimeout?: number | undefined;
  readonly warmUp?: number | undefined;
  /** Only `run` and `duel` have this option. */
  readonly unverified?: boolean;
}

/** The options of commands that run a system under test. */
export function withSystemOptions<Others>(command: Argv<Others>) {
  return withNetworkOption(command)
    .option('sut', {
      ...text(
        'System under test (see "loadgen suts"), a plugin by path or package name, a program: ./engine.py, python:module, exec:./engine, or a model on a server: http://HOST:PORT/v2/models/NAME',
      ),
      default: 'tfjs-tflite',
    })
    .option('model', text('Model file: .safetensors, or a format that the system loads'))
    .option('precision', choice(PRECISIONS, 'Arithmetic of the system (default: its first, see "loadgen suts")'))
    .option(
      'workers',
      number(
        'Worker threads, 0 to compute in the issuing thread (default: 0 in SingleStream, otherwise one per core); requests at a time to a server (default: 1 in SingleStream, otherwise 8)',
      ),
    )
    .option('threads', number('Threads per inference (default: 1)'))
    .option(
      'batch',
      number(
        "Images to compute at a time: of a pair's four 1, 2 or 4 (default); a server may get whole pairs: 8, 12, ...",
      ),
    )
    .option('warm-up', {
      ...number('Untimed samples in each worker before a performance test'),
      default: DEFAULT_WARM_UP,
    })
    .option('device', text('Device that computes, of openvino and python-litert: CPU, GPU, NPU (see "loadgen suts")'))
    .option('provider', text('Execution provider of ONNX Runtime: cpu, cuda, webgpu, ... (see "loadgen suts")'))
    .option('python', PYTHON)
    .option('start-timeout', START_TIMEOUT)
    .check(({ sut, workers, threads, batch, startTimeout, warmUp }) => {
      if (!(Number.isInteger(warmUp) && Number(warmUp) >= 0)) throw new Error('--warm-up must be a whole number');
      checkAboveZero('start-timeout', startTimeout);
      if (workers !== undefined && !(Number.isInteger(workers) && workers >= 0))
        throw new Error('--workers must be a whole number');
      if (threads !== undefined && !(Number.isInteger(threads) && threads > 0))
        throw new Error('--threads must be 1 or more');
      if (batch !== undefined && !BATCH_SIZES.includes(batch) && !isRemoteName(sut))
        throw new Error(`--batch must be one of ${BATCH_SIZES.join(', ')}`);
      return true;
    });
}

export function systemChoiceOf({ network, sut, model, ...others }: SystemArguments): SystemChoice {
  const {
    precision,
    workers,
    threads,
    batch,
    device,
    provider,
    python,
    startTimeout,
    warmUp = DEFAULT_WARM_UP,
    unverified = false,
  } = others;
  return {
    network: networkNamed(network),
    sutName: sut,
    modelFile: model,
    precision,
    workers,
    threads,
    batch,
    device,
    provider,
    python,
    startTimeoutMs: startTimeout === undefined ? undefined : startTimeout * 1000,
    warmUp,
    unverified,
  };
}

/** The option that chooses the network. */
export function withNetworkOption<Others>(command: Argv<Others>) {
  return command.option('network', {
    ...choice(NETWORK_NAMES, 'Network to run, or to prepare faces for'),
    default: NETWORKS[0].name,
  });
}
