import { LoadGenError } from '../../base/errors.js';
import { packageFile } from '../../platform/node/packages.js';
import type { MeasuredTest } from '../../reports/figures/measureTest.js';
import { copyConfigFiles } from '../../runs/configCopies.js';
import type { DuelContestant } from '../../runs/duelJson.js';
import { MLPERF_CONF } from '../../runs/layout.js';
import type { BenchmarkSetup } from '../benchmark/benchmarkOptions.js';
import { describeRun, runRequestOf } from '../benchmark/describeRun.js';
import { planTests } from '../benchmark/planTests.js';
import { runBenchmark } from '../benchmark/runBenchmark.js';

/**
 * Has a contestant answer all pairs in an accuracy test, and leaves a run with its logs.
 *
 * @throws what keeps it from being tested, or ended the test
 */
export async function measureAccuracy(
  setup: Omit<BenchmarkSetup, 'runId'>,
): Promise<Pick<DuelContestant, 'configuration' | 'accuracy'>> {
  const { system, reportedSutName, dataset, datasetOptions, runFolder } = setup;
  const network = system.network.name;
  const confs = { mlperfConf: packageFile(MLPERF_CONF), userConf: undefined };
  const { tests } = planTests({
    ...{ scenarios: ['Offline'], modes: ['AccuracyOnly'], network, confs, auditConfig: undefined },
  });
  const request = runRequestOf(system, reportedSutName, datasetOptions);
  const runId = describeRun(runFolder, { network, reportedSutName, quick: false, dataset, request, tests });
  copyConfigFiles(runFolder, confs);
  let tested: MeasuredTest | undefined;
  await runBenchmark({
    ...setup,
    runId,
    tests: tests.map((test) => ({ ...test, name: `${reportedSutName}: accuracy` })),
    ...{ quick: false, enableTrace: false },
    onResult: (test) => {
      tested = test;
    },
  });
  const accuracy = tested?.accuracy;
  if (tested === undefined || accuracy === undefined || Number.isNaN(accuracy.accuracy))
    throw new LoadGenError('SUT_FAILED', tested?.test.errorMessages[0] ?? 'its accuracy could not be measured');
  return {
    configuration: tested.test.configuration,
    accuracy: { correct: accuracy.correctCount, pairs: accuracy.pairCount },
  };
}
