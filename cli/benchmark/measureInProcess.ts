import { EXIT_CODE, type LoadGenError } from '../../base/errors.js';
import { abortedError } from '../../loadgen/platform.js';
import { defaultLogSettings } from '../../platform/node/index.js';
import { logBrokenOffTest } from '../../platform/node/runTest.js';
import { addToUserConf } from '../../runs/configCopies.js';
import { removeLogs } from '../../runs/measuringFolder.js';
import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import { startProgressBar } from '../progressBar.js';
import { errorFromPlain } from '../supervision/messages.js';
import { supervise } from '../supervision/supervise.js';
import { sentSystem, supervisionOf } from '../supervision/supervisedSystems.js';
import type { BenchmarkOptions } from './benchmarkOptions.js';
import { logNotes } from './describeRun.js';
import type { PlannedTest } from './planTests.js';
import { placementFor } from './systemChoice.js';

interface SystemFacts {
  readonly name: string;
  readonly configuration: SystemConfiguration;
}

/** How a test that was under way ended. `system` is what its logs call it. */
export type MeasuredOutcome = { readonly system: SystemFacts } & (
  | { readonly state: 'completed'; readonly durationNs: number; readonly peakQps: number | undefined }
  | { readonly state: 'brokenOff'; readonly reason: LoadGenError }
);

/**
 * Measures a test in a process of its own, which leaves its logs in `outdir`. Where it cannot complete them, they are
 * written here: INVALID, with the reason.
 *
 * @param slowEngines the least cosines of slow engines that were asked before; grows
 * @throws what is wrong before the system has been created, LOG_WRITE
 */
export async function measureInProcess(
  options: BenchmarkOptions,
  test: PlannedTest,
  outdir: string,
  slowEngines: Map<string, number>,
): Promise<MeasuredOutcome> {
  const { system, dataset, datasetOptions, responseTimeoutMs, runId, signal, enableTrace, progressNote } = options;
  const { auditConfig, measureExpectation } = test;
  let { settings } = test;
  let facts: SystemFacts = { name: options.reportedSutName, configuration: {} };
  let bar: ReturnType<typeof startProgressBar> | undefined;
  const job = {
    system: sentSystem(system),
    placement: placementFor(settings, system),
    dataset: datasetOptions,
    datasetSha256: dataset.digest,
    ...{ settings, auditConfig, measureExpectation, outdir, enableTrace, responseTimeoutMs, runId },
    slowEngines,
  };
  const ending = await supervise('measure', job, {
    ...supervisionOf(system, signal, settings, responseTimeoutMs),
    // What messages say also stands in the logs, which are published: a plugin's path would name the owner of the machine.
    sutName: options.reportedSutName,
    onSystem: (created) => {
      facts = created;
    },
    onExpectation: (expectation) => {
      settings = { ...settings, ...expectation.settings };
      keepExpectation(options, test, expectation);
    },
    onProgress: (share) => {
      bar ??= startProgressBar(test.name);
      bar.update(share, progressNote?.(share));
    },
    onEnding: () => bar?.stop(),
  });
  if (ending.kind === 'result') {
    const { result } = ending;
    for (const [engine, cosine] of result.slowEngines) slowEngines.set(engine, cosine);
    if (result.state === 'completed') return { ...result, system: facts };
    return { state: 'brokenOff', reason: errorFromPlain(result.reason), system: facts };
  }
  // A full disk is not the system's fault, and no log could be completed.
  if (!ending.isUnderWay || ending.reason.exitCode === EXIT_CODE.internal) throw ending.reason;
  const reason = signal.aborted ? abortedError() : ending.reason;
  return logBrokenOff(options, { ...test, settings }, outdir, { system: facts }, reason);
}

/** Says what was measured, and adds it to the run's user.conf: the run can be made again with it, as audits do. */
function keepExpectation(
  { system, runFolder }: BenchmarkOptions,
  { name, scenario }: PlannedTest,
  { key, value, tookMs }: { readonly key: string; readonly value: number; readonly tookMs: number },
): void {
  const line = `${system.network.name}.${scenario}.${key} = ${value}`;
  console.error(`${name}: ${key} = ${value}, measured in ${(tookMs / 1000).toFixed(1)} s`);
  addToUserConf(runFolder, `# Measured before the test.\n${line}`);
}

/** Replaces the logs in `outdir` by those of a test that ended early. */
export function logBrokenOff(
  { dataset, enableTrace, runId }: Pick<BenchmarkOptions, 'dataset' | 'enableTrace' | 'runId'>,
  { settings, auditConfig }: PlannedTest,
  outdir: string,
  { system }: Pick<MeasuredOutcome, 'system'>,
  reason: LoadGenError,
): MeasuredOutcome {
  removeLogs(outdir);
  logBrokenOffTest({
    sutName: system.name,
    library: dataset.library,
    requested: settings,
    logSettings: { ...defaultLogSettings(), outdir, enableTrace },
    reason,
    notes: logNotes(dataset, system.configuration, runId),
    ...(auditConfig === undefined ? {} : { auditConfig }),
  });
  return { state: 'brokenOff', reason, system };
}
