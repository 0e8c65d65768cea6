import { basename, resolve } from 'node:path';
import { elementAt } from '../../base/arrays.js';
import { LoadGenError } from '../../base/errors.js';
import type { PairInputs } from '../../base/pairLayout.js';
import { checkOwnModel } from '../checkOwnModel.js';
import { checkedPrecision } from '../checkPrecision.js';
import {
  type ClosableSystemUnderTest,
  type EngineFacts,
  engineOnlyConfiguration,
  type SystemConfiguration,
} from '../closableSystemUnderTest.js';
import type { EngineModel, Precision } from '../engine.js';
import { engineConfiguration } from '../engineConfiguration.js';
import { loadModel } from '../loadModel.js';
import type { Network } from '../networks/network.js';
import { imagesPerTaskOf, type Placement } from '../placement.js';
import { startAll, startPool } from '../pool/pool.js';
import { checkedTargets, type TargetOptions, targetFailure } from '../targets.js';
import { withModelFolder } from './modelFolder.js';
import type { ProgramCommand } from './programCommand.js';
import type { ProgramDescription } from './programFacts.js';
import { type StartedProgram, startProgram } from './programMember.js';
import { SampleFile } from './sampleFile.js';

interface ProgramSystemOptions {
  readonly command: ProgramCommand;
  readonly inputs: PairInputs;
  readonly network: Network;
  readonly modelFile: string | undefined;
  readonly precision: Precision | undefined;
  readonly placement: Placement;
  readonly targets: TargetOptions;
}

/**
 * Runs an engine that is a program of its own, in as many processes as there are workers and in one at least. Queries
 * carry the places of images; the images themselves lie in a file that the processes map into their memory.
 *
 * @throws SUT_NOT_INSTALLED, SUT_PLUGIN if the program does not start, does not load or breaks the protocol
 * @throws SUT_PRECISION, SUT_DEVICE, MODEL_…, SUT_FILES
 */
export async function createProgramSut(options: ProgramSystemOptions): Promise<ClosableSystemUnderTest> {
  const { inputs, network, placement } = options;
  const processes = Math.max(1, placement.workers);
  const imagesPerTask = imagesPerTaskOf({ ...placement, workers: processes });
  let fail: (reason: LoadGenError) => void = () => {};
  const programs = await startAll(
    processes,
    (index) => startProgram(options.command, `process ${index + 1}`, (reason) => fail(reason)),
    (program) => program.end(),
  );
  try {
    const { name, formats, precisions, ...available } = elementAt(programs, 0).description;
    const precision = checkedPrecision(name, precisions, options.precision);
    const targets = checkedTargets(name, available, options.targets);
    const model = await modelFor(options, name, formats, precision);
    const load = (modelFile: string | undefined) =>
      startPool({
        startMember: (index, onDeath) => {
          fail = onDeath;
          const loading = {
            network: network.shape,
            modelFile,
            precision,
            threads: placement.threads,
            batch: placement.batch,
            ...targets,
          };
          return elementAt(programs, index)
            .load(loading)
            .catch((thrown: unknown) => {
              throw targetFailure(name, available, targets, thrown);
            });
        },
        memberCount: processes,
        network: network.shape,
        inputs,
        imagesPerTask,
      });
    const { engine, issueQuery, close } = await (model === undefined
      ? load(ownPath(options))
      : withModelFolder(model, load));
    const samples = new SampleFile(inputs, network.shape, async (file) => {
      await Promise.all(programs.map((program) => program.mapSamples(file)));
    });
    return {
      name: `${engine.name} in ${processes} ${processes === 1 ? 'process' : 'processes'}`,
      configuration: {
        ...(model === undefined ? ownConfiguration(engine, options) : engineConfiguration(engine, model)),
        workers: processes,
        batch: placement.batch,
        imagesPerTask,
      },
      takeSamples(indices) {
        for (const index of indices) samples.hold(index);
      },
      issueQuery(queried, responder) {
        for (const { index } of queried) samples.hold(index);
        issueQuery(queried, responder);
      },
      flushQueries() {},
      async close() {
        await close();
        samples.close();
      },
    };
  } catch (thrown) {
    await Promise.all(programs.map((program) => program.end()));
    throw thrown;
  }
}

/**
 * What a program computes in, and on.
 *
 * @throws SUT_NOT_INSTALLED, SUT_PLUGIN if it cannot run here
 */
export async function describeProgram(command: ProgramCommand): Promise<Omit<ProgramDescription, 'name' | 'formats'>> {
  const program = await startProgram(command, 'the process', () => {});
  await program.end();
  const { precisions, devices, providers } = program.description;
  return { precisions, devices, providers };
}

/** The model of a program that loads one of ours. */
async function modelFor(
  { network, modelFile }: ProgramSystemOptions,
  name: string,
  [first, ...others]: StartedProgram['description']['formats'],
  precision: Precision,
): Promise<EngineModel | undefined> {
  if (first === undefined) return undefined;
  const formats = [first, ...others] as const;
  if (modelFile === undefined) await checkOwnModel(network, name, formats);
  return loadModel({ formats, file: modelFile, precision, network });
}

/** @throws MODEL_READ if it cannot be sent in a line */
function ownPath({ modelFile }: ProgramSystemOptions): string | undefined {
  if (modelFile === undefined) return undefined;
  if (!/[\r\n]/.test(modelFile)) return resolve(modelFile);
  throw new LoadGenError('MODEL_READ', `found ${JSON.stringify(modelFile)}, expected a path without line breaks`);
}

function ownConfiguration(engine: EngineFacts, { modelFile }: ProgramSystemOptions): SystemConfiguration {
  const model = modelFile === undefined ? `own model of ${engine.name}` : `model from ${basename(modelFile)}`;
  return { ...engineOnlyConfiguration(engine), model };
}
