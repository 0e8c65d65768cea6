import { LoadGenError } from '../base/errors.js';
import type { PairInputs } from '../base/pairLayout.js';
import { checkOwnModel } from './checkOwnModel.js';
import { checkedPrecision } from './checkPrecision.js';
import type { ClosableSystemUnderTest, SystemConfiguration } from './closableSystemUnderTest.js';
import type { EngineModule, EngineOptions, Precision } from './engine.js';
import { importEngine } from './engines/index.js';
import { type FoundSystem, findSystem, isPluginName, locateSystem, NULL_SUT } from './findSystem.js';
import { createInThreadSut } from './inThread.js';
import type { Network } from './networks/network.js';
import { SPHEREFACE20_NETWORK } from './networks/sphereface20.js';
import { createNullSut } from './nullSut.js';
import { checkPlacement, IN_THREAD, imagesPerTaskOf, type Placement } from './placement.js';
import { checkEngine, checkSystem } from './plugins/checkPlugin.js';
import { runPlugin } from './plugins/importPlugin.js';
import { programCommand } from './programs/programCommand.js';
import { isRemoteName } from './remote/remoteName.js';
import { checkRemotePlacement } from './remote/remotePlacement.js';
import type { VerificationOptions } from './systemHeldTo.js';
import { checkedTargets, TARGET_OPTIONS, type TargetOptions } from './targets.js';
import { createVerifiedSystem } from './verifiedSystem.js';
import { createWorkerPoolSut } from './workerPool/workerPool.js';

/** `device` and `provider`: what is to compute, of a system with a choice; its usual ones if left out. */
export interface SystemUnderTestOptions extends TargetOptions {
  readonly inputs: PairInputs;
  /** Sphereface-20 if left out. `inputs` have to be what it takes. */
  readonly network?: Network | undefined;
  /** A model's file to run instead of the network's own. */
  readonly modelFile?: string | undefined;
  /** Of the engine's arithmetic; the engine's first one if left out. */
  readonly precision?: Precision | undefined;
  /** In the issuing thread if left out. */
  readonly placement?: Placement | undefined;
  /** The Python that runs engines written in it; by default that of the active virtual environment, else the system's. */
  readonly python?: string | undefined;
}

export interface VerifiedSystemOptions
  extends SystemUnderTestOptions,
    Pick<VerificationOptions, 'timeoutMs' | 'slowEngines'> {
  /** Called when the system has been created, before it embeds reference faces. */
  readonly onCreated?: () => void;
}

export interface CheckedSystemUnderTest {
  /** What reports call it: its name, or the one that a plugin has given itself. */
  readonly name: string;
  /** As logs will state it, but for its placement. */
  readonly configuration: SystemConfiguration;
}

/**
 * Makes a system under test ready to be driven; close it in the end. `name` is one of `listSystemsUnderTest`, or names
 * a plugin: a path, or a package, or a model on a server: a URL.
 *
 * @throws SUT_UNKNOWN if there is no such system
 * @throws SUT_PLUGIN, SUT_PLUGIN_VERSION if a plugin does not keep the interface
 * @throws SUT_PLACEMENT, SUT_PRECISION, SUT_DEVICE if the system cannot run like this
 * @throws SUT_NOT_INSTALLED, SUT_WORKER, SUT_SERVER if it does not start
 * @throws MODEL_… as `loadModel` does, and what engines throw
 */
export async function createSystemUnderTest(
  name: string,
  options: SystemUnderTestOptions,
): Promise<ClosableSystemUnderTest> {
  if (name === NULL_SUT.name) return createNull(options);
  return createFrom(await findSystem(name), options);
}

/**
 * As `createSystemUnderTest`, and has a system that runs this project's weights embed reference faces first, for at most
 * `timeoutMs`: two minutes by default.
 *
 * @throws `SUT_EMBEDDINGS` if an embedding is too far from the reference
 */
export function createVerifiedSystemUnderTest(
  name: string,
  { timeoutMs, slowEngines, onCreated, ...options }: VerifiedSystemOptions,
): Promise<ClosableSystemUnderTest> {
  const { inputs, placement = IN_THREAD } = options;
  const create = async (switched: PairInputs) => {
    const sut = await createSystemUnderTest(name, { ...options, inputs: switched });
    onCreated?.();
    return sut;
  };
  return createVerifiedSystem(create, { inputs, workers: placement.workers, timeoutMs, slowEngines });
}

type CheckOptions = Omit<SystemUnderTestOptions, 'inputs' | 'placement'> & {
  readonly placements: readonly Placement[];
  /** Called when a system has been created, before it is closed again. */
  readonly onCreated?: () => void;
};

/**
 * Tries, without any samples, whether a system under test can be made in each of `placements`: its name, its model and
 * its engine.
 *
 * @throws as `createSystemUnderTest` does
 */
export async function checkSystemUnderTest(
  name: string,
  { placements, onCreated, ...options }: CheckOptions,
): Promise<CheckedSystemUnderTest> {
  if (name === NULL_SUT.name) {
    return { name, configuration: createNull(options).configuration };
  }
  const inputs: PairInputs = {
    shared: new SharedArrayBuffer(0),
    offsetOf: (index) => {
      throw new RangeError(`there is no sample ${index}`);
    },
  };
  for (const placement of placements) checkPlacementOf(name, placement);
  const found = await findSystem(name);
  const plugin = found.kind === 'module' ? found.plugin : undefined;
  if (plugin?.kind === 'engine') await runPlugin(plugin.name, 'checkUsable', () => plugin.checkUsable());
  // One engine tells as much as a pool of them.
  const sut = await createFrom(found, { ...options, inputs });
  onCreated?.();
  if (plugin === undefined) await sut.close();
  else await runPlugin(plugin.name, 'close', async () => sut.close());
  const ownName = found.kind === 'module' ? plugin?.name : String(sut.configuration.engine);
  return { name: ownName ?? name, configuration: sut.configuration };
}

/**
 * As `checkSystemUnderTest`, as far as that can be told without running anything of the system.
 *
 * @throws SUT_UNKNOWN, SUT_PLUGIN if there is no such system
 * @throws SUT_PLACEMENT if none can be placed so
 */
export function checkSystemName(name: string, placements: readonly Placement[]): void {
  for (const placement of placements) checkPlacementOf(name, placement);
  if (name !== NULL_SUT.name) locateSystem(name);
}

function checkPlacementOf(name: string, placement: Placement): void {
  if (isRemoteName(name)) checkRemotePlacement(placement);
  else checkPlacement(placement);
}

function createNull({ network = SPHEREFACE20_NETWORK, ...targets }: Omit<SystemUnderTestOptions, 'inputs'>) {
  checkedTargets(NULL_SUT.name, {}, targets);
  return createNullSut(network.shape);
}

/** What of them an engine is to compute on: its libraries are asked only where something is wanted. */
async function targetsOf(
  name: string,
  { listTargets }: EngineModule,
  { python, ...wanted }: TargetOptions & Pick<EngineOptions, 'python'>,
): Promise<TargetOptions> {
  const isWanted = TARGET_OPTIONS.some((option) => wanted[option] !== undefined);
  return isWanted ? checkedTargets(name, (await listTargets?.({ python })) ?? {}, wanted) : {};
}

async function createFrom(
  found: FoundSystem,
  {
    inputs,
    network = SPHEREFACE20_NETWORK,
    modelFile,
    precision,
    placement = IN_THREAD,
    python,
    ...targets
  }: SystemUnderTestOptions,
): Promise<ClosableSystemUnderTest> {
  if (found.kind === 'server') {
    checkRemotePlacement(placement);
    checkedTargets(found.address.model, {}, targets);
    // Its libraries are slow to load.
    const { createRemoteSut } = await import('./remote/remoteSystem.js');
    return createRemoteSut({ address: found.address, inputs, network, modelFile, precision, placement });
  }
  checkPlacement(placement);
  if (found.kind === 'program') {
    const command = programCommand(found.program, python);
    // Has the readers of all formats.
    const { createProgramSut } = await import('./programs/programSystem.js');
    const sut = await createProgramSut({ command, inputs, network, modelFile, precision, placement, targets });
    const name = String(sut.configuration.engine);
    if (found.isOwn || isPluginName(name)) return sut;
    await sut.close();
    throw new LoadGenError('SUT_PLUGIN', `the program has the name of a system that there is: ${name}`);
  }
  const { name, module, plugin } = found;
  if (plugin?.kind === 'systemUnderTest') {
    checkedTargets(name, {}, targets);
    const options = { inputs, network: network.shape, modelFile, precision, placement };
    return checkSystem(
      await runPlugin(name, 'createSystemUnderTest', () => plugin.createSystemUnderTest(options)),
      name,
    );
  }
  const imported = await importEngine(module);
  const { formats } = imported;
  const engineOptions = {
    precision: checkedPrecision(name, imported.precisions, precision),
    threads: placement.threads,
    python,
    ...(await targetsOf(name, imported, { python, ...targets })),
  };
  if (modelFile === undefined) await checkOwnModel(network, name, formats);
  // Has the readers of all formats, which only engines in this process need.
  const { loadModel } = await import('./loadModel.js');
  const model = await loadModel({ formats, file: modelFile, precision: engineOptions.precision, network });
  const { batch, workers } = placement;
  if (workers === 0) {
    const create = () => imported.createEngine(model, engineOptions);
    const engine =
      plugin === undefined ? await create() : checkEngine(await runPlugin(name, 'createEngine', create), name);
    return createInThreadSut(engine, model, inputs, batch);
  }
  return createWorkerPoolSut({
    engineModule: module,
    model,
    engineOptions,
    inputs,
    workerCount: workers,
    batch,
    imagesPerTask: imagesPerTaskOf(placement),
  });
}
