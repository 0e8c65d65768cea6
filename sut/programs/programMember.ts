import type { LoadGenError } from '../../base/errors.js';
import { inputValuesOf, type NetworkShape, responseBytesOf } from '../../base/pairLayout.js';
import { monotonicClock } from '../../platform/node/monotonicClock.js';
import type { EngineOptions } from '../engine.js';
import type { PoolMember } from '../pool/pool.js';
import { TARGET_OPTIONS } from '../targets.js';
import { measureClockLead } from './programClock.js';
import type { ProgramCommand } from './programCommand.js';
import { ProgramDialogue } from './programDialogue.js';
import { type ProgramDescription, parseDescription, parseLoaded } from './programFacts.js';
import { ProgramProcess } from './programProcess.js';

/** A program that runs and has said what it is. */
export interface StartedProgram {
  readonly description: ProgramDescription;
  /** Has it load a model: then it can be given samples. */
  load(options: LoadOptions): Promise<PoolMember>;
  /** Has it map the file of the samples. */
  mapSamples(file: string): Promise<void>;
  /** @throws SUT_HUNG if it does not end in time */
  end(): Promise<void>;
}

interface LoadOptions extends EngineOptions {
  readonly network: NetworkShape;
  /** A path; undefined if the program brings its own model. */
  readonly modelFile: string | undefined;
  /** Images that it is given at a time, at most. */
  readonly batch: number;
}

/**
 * Starts a program.
 *
 * @param title stands in errors: "process 2"
 * @param onDeath is called once if it ends by itself, fails or breaks the protocol, also before it has loaded
 * @throws SUT_NOT_INSTALLED, SUT_PLUGIN if it does not start or says nothing of itself that can be used
 */
export async function startProgram(
  command: ProgramCommand,
  title: string,
  onDeath: (reason: LoadGenError) => void,
): Promise<StartedProgram> {
  const program = new ProgramProcess(command, title);
  const dialogue = new ProgramDialogue(program, onDeath);
  const end = () => dialogue.end();
  try {
    const description = parseDescription(await dialogue.greet(), title);
    return {
      description,
      load: (options) => loadProgram({ program, dialogue, title, description, options, end }),
      mapSamples: async (file) => {
        await dialogue.ask(`samples ${file}`, 'mapped');
      },
      end,
    };
  } catch (thrown) {
    await dialogue.end(true);
    throw thrown;
  }
}

interface LoadParts {
  readonly program: ProgramProcess;
  readonly dialogue: ProgramDialogue;
  readonly title: string;
  readonly description: ProgramDescription;
  readonly options: LoadOptions;
  readonly end: () => Promise<void>;
}

async function loadProgram({ program, dialogue, title, description, options, end }: LoadParts): Promise<PoolMember> {
  const { network, precision, threads, batch } = options;
  const { version, instructions, ...targets } = parseLoaded(await dialogue.ask(loadLines(options), 'loaded'), title);
  const leadNs = await measureClockLead(dialogue, (what) => program.failure(what));
  program.loaded();
  const features = new Uint8Array(responseBytesOf(network));
  const [inputValues, imageBytes] = [inputValuesOf(network), network.embeddingValues * Float32Array.BYTES_PER_ELEMENT];
  return {
    engine: { name: description.name, version, precision, threads, instructionSet: instructions, ...targets },
    features,
    run({ offset, images }, done) {
      const first = offset / inputValues;
      const finish = (programNs: number) => done(Math.min(programNs - leadNs, monotonicClock.nowNs()));
      for (let image = 0; image < images; image += batch) {
        const end = Math.min(image + batch, images);
        const room = features.subarray(image * imageBytes, end * imageBytes);
        dialogue.infer(first + image, end - image, room, end === images ? finish : () => {});
      }
    },
    terminate: end,
  };
}

function loadLines({ network, modelFile, precision, threads, batch, ...targets }: LoadOptions): string {
  const { inputHeight, inputWidth, inputChannels, embeddingValues } = network;
  return [
    ...(modelFile === undefined ? [] : [`model ${modelFile}`]),
    `precision ${precision}`,
    `threads ${threads}`,
    `batch ${batch}`,
    `image ${inputHeight} ${inputWidth} ${inputChannels}`,
    `embedding ${embeddingValues}`,
    ...TARGET_OPTIONS.flatMap((option) => (targets[option] === undefined ? [] : [`${option} ${targets[option]}`])),
    'load',
  ].join('\n');
}
