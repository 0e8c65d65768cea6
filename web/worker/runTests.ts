import { responseBytesOf } from '../../base/pairLayout.js';
import { affordSingleStream } from '../../loadgen/settings/shortTest.js';
import {
  defaultLogSettings,
  memoryLogs,
  monotonicClock,
  type QuerySampleLibrary,
  type SystemUnderTest,
  startTest,
  type TestSettings,
} from '../../platform/browser/index.js';
import { logNotes } from '../../runs/logNotes.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import type { RunOrder, WorkerReport } from '../shared/messages.js';
import type { PlannedTest } from '../shared/plannedTest.js';
import { createPageSystem } from './createPageSystem.js';
import { FileLoader, forgetOtherFiles } from './fileLoader.js';
import { loadPairs } from './loadPairs.js';

/** As `loadgen run` has it by default. */
const WARM_UP_SAMPLES = 2;
/** A trace takes as much room as all else, and no report of a device's needs it. */
const LOG_SETTINGS = { ...defaultLogSettings(), enableTrace: false };

/**
 * Runs the tests of one engine, one after another, on this thread; one that is broken off is the last.
 *
 * @param page that of `watchPage`
 */
export async function runTests(
  order: RunOrder,
  page: MessagePort,
  report: (message: WorkerReport) => void,
): Promise<void> {
  const { manifest, base, tests, runId } = order;
  const { dataset, files } = manifest;
  const loader = new FileLoader(files, base, (loaded, total) => report({ kind: 'bytes', loaded, total }));
  const library = await loadPairs(dataset, loader);
  const sut = await createPageSystem(order, loader, library, (preparation) =>
    report({ kind: 'preparation', preparation }),
  );
  await forgetOtherFiles(files, base);
  for (const [test, planned] of tests.entries()) {
    const settings = await affordableSettings(planned, sut, library);
    const { openLogs, files: logFiles } = memoryLogs();
    const { state } = await startTest(sut, library, settings, LOG_SETTINGS, {
      openLogs,
      page,
      onProgress: ({ share }) => report({ kind: 'progress', test, share }),
      warmUpSamples: WARM_UP_SAMPLES,
      measureExpectation: settings.mode !== 'AccuracyOnly',
      notes: logNotes({ dataset, configuration: sut.configuration, runId }),
      responseBytes: responseBytesOf(SPHEREFACE20_SHAPE),
    });
    report({ kind: 'measured', test, files: logFiles(), isBrokenOff: state === 'brokenOff' });
    if (state === 'brokenOff') break;
  }
  await sut.close();
}

/** A test for this device: one that is slow is asked less often, if its time is limited. */
async function affordableSettings(
  { settings, budgetMs }: PlannedTest,
  sut: SystemUnderTest,
  library: QuerySampleLibrary,
): Promise<TestSettings> {
  if (budgetMs === undefined) return settings;
  const affordable = Math.floor((budgetMs * 1e6) / (await measurePairNs(sut, library)));
  return affordable < settings.minQueryCount ? affordSingleStream(settings, affordable) : settings;
}

/** The system has answered before, when it was checked. */
async function measurePairNs(sut: SystemUnderTest, library: QuerySampleLibrary): Promise<number> {
  const samples = [{ id: 0, index: 0 }];
  await library.loadSamplesToRam([0]);
  try {
    const startNs = monotonicClock.nowNs();
    await new Promise<void>((resolve, reject) => {
      sut.issueQuery(samples, { querySamplesComplete: () => resolve(), fail: reject });
      sut.flushQueries();
    });
    return Math.max(1, monotonicClock.nowNs() - startNs);
  } finally {
    await library.unloadSamplesFromRam([0]);
  }
}
