import { basename, dirname, resolve } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { isScenarioFolder } from '../../runs/findTests.js';
import type { RunJson } from '../../runs/jsonFormats.js';
import { RunTest } from '../../runs/openRun.js';
import { readRunJson } from '../../runs/runJson.js';
import { NO_ANGLE } from '../figures/invalidReasons.js';
import { figureOf, numberOrNull } from '../figures/measurement.js';
import { isInvalid, type MeasuredTest, measureTest } from '../figures/measureTest.js';
import type { TestRecord } from '../figures/runRecord.js';
import type { FoundSystem } from './benchmarks.js';
import { type FoundFolder, labelOf, loadGenError, reasonOf, shownFolder } from './findResults.js';
import type { ScenarioResult, Unreadable } from './results.js';

const TEST_FOLDER = /^(?:log_)?(?:accuracy|performance)$/i;
/** Where a tree in MLPerf's layout has a model's results. */
const SUBMITTED = /(?:^|\/)(?:closed|open)\/([^/]+)\/results\/([^/]+)\/([^/]+)$/;

/** The systems that tests in any layout measured: those below one folder are of one system. */
export async function readRunSystems(
  tests: readonly FoundFolder[],
  unreadable: Unreadable[],
): Promise<readonly FoundSystem[]> {
  const systems = new Map<string, FoundSystem>();
  const runs = new Map<string, RunJson | undefined>();
  // One after another: each may hold its latencies in memory while it is read.
  for (const { folder, named } of tests) {
    const read = await readTest(folder).catch(loadGenError);
    if (read instanceof LoadGenError) {
      unreadable.push({ folder: shownFolder(folder), reason: reasonOf(read) });
      continue;
    }
    const place = systemFolder(folder);
    if (!runs.has(place)) runs.set(place, await readFacts(place, unreadable));
    addTest(systems, { ...read, folder, place, named, run: runs.get(place) });
  }
  return [...systems.values()];
}

async function readTest(folder: string): Promise<Pick<PlacedTest, 'measured' | 'network'>> {
  const test = new RunTest(folder);
  const measured = await measureTest(test);
  return { measured, network: (await test.judging())?.network };
}

interface PlacedTest {
  readonly measured: MeasuredTest;
  readonly folder: string;
  /** The system's folder. */
  readonly place: string;
  readonly named: string;
  readonly run: RunJson | undefined;
  readonly network: string | undefined;
}

async function readFacts(place: string, unreadable: Unreadable[]): Promise<RunJson | undefined> {
  const run = await readRunJson(place).catch(loadGenError);
  if (!(run instanceof LoadGenError)) return run;
  unreadable.push({ folder: shownFolder(place), reason: reasonOf(run) });
  return undefined;
}

function addTest(systems: Map<string, FoundSystem>, test: PlacedTest): void {
  const result = resultOf(shownFolder(scenarioFolder(test.folder)), test.measured);
  const key = resolve(test.place);
  const known = systems.get(key);
  if (known === undefined) {
    systems.set(key, systemOf(test, test.place, result));
    return;
  }
  const { results } = known.system;
  const at = results.findIndex(({ scenario }) => scenario === result.scenario);
  const other = results[at];
  if (other === undefined) results.push(result);
  else if (isAccuracyAlone(other) || isAccuracyAlone(result)) results[at] = together(other, result);
  // Several tests of one kind cannot be told apart otherwise.
  else systems.set(resolve(test.folder), systemOf(test, test.folder, { ...result, folder: shownFolder(test.folder) }));
}

function systemOf({ measured, named, run, network }: PlacedTest, folder: string, result: ScenarioResult): FoundSystem {
  const { test } = measured;
  const [, submitter, submitted, model] = SUBMITTED.exec(shownFolder(resolve(folder))) ?? [];
  const samples = Number(test.data.reported_total_count);
  return {
    network: run?.network ?? network ?? model ?? null,
    // A round says which data a model has; what its submitters call them differs.
    data: {
      name: test.data.name ?? null,
      sha256: test.data.sha256 ?? null,
      samples: Number.isFinite(samples) ? samples : null,
    },
    isRound: model !== undefined,
    system: {
      name: submitter === undefined ? systemName(test, run) : `${submitted} of ${submitter}`,
      kind: run !== undefined ? 'run' : submitter === undefined ? 'logs' : 'submission',
      folder: shownFolder(folder),
      label: labelOf({ folder, named }),
      startedAt: test.startedAt,
      processor: run?.system.processor ?? null,
      quick: run?.quick ?? null,
      results: [result],
    },
  };
}

/** Short: where it computed differs between scenarios. */
function systemName({ sutName, configuration }: TestRecord, run: RunJson | undefined): string {
  const { precision = 'none' } = configuration;
  return [run?.sut ?? sutName, ...(precision === 'none' ? [] : [precision])].join(', ');
}

function together(one: ScenarioResult, other: ScenarioResult): ScenarioResult {
  const [speed, accuracy] = isAccuracyAlone(one) ? [other, one] : [one, other];
  return {
    ...speed,
    validity: accuracy.validity === 'INVALID' ? 'INVALID' : speed.validity,
    invalidReasons: [...speed.invalidReasons, ...accuracy.invalidReasons],
    accuracy: speed.accuracy ?? accuracy.accuracy,
    remarks: [...speed.remarks, ...accuracy.remarks],
  };
}

function isAccuracyAlone({ figures, validity }: ScenarioResult): boolean {
  return figures.length === 0 && validity !== 'VALID';
}

function resultOf(folder: string, measured: MeasuredTest): ScenarioResult {
  const { test, figures, accuracy } = measured;
  const { scenario, sutName, loadgenVersion, validity, invalidReasons, remarks } = test;
  const hasNoAngle = validity !== 'INVALID' && isInvalid(measured);
  return {
    ...{ scenario, folder, sutName, loadgenVersion },
    validity: isInvalid(measured) ? 'INVALID' : validity,
    invalidReasons: hasNoAngle ? [NO_ANGLE] : invalidReasons,
    figures: figures.map(figureOf),
    accuracy:
      accuracy?.threshold === undefined
        ? null
        : { correct: accuracy.correctCount, pairs: accuracy.pairCount, share: numberOrNull(accuracy.accuracy) },
    onFront: false,
    remarks: [...remarks, ...(accuracy?.remarks ?? [])],
  };
}

/** Without the folders of the test: `SYSTEM/MODEL/Offline/performance/run_1` is in `SYSTEM/MODEL/Offline`. */
function scenarioFolder(folder: string): string {
  const test = TEST_FOLDER.test(basename(folder)) ? folder : dirname(folder);
  return TEST_FOLDER.test(basename(test)) ? dirname(test) : folder;
}

/** Without the scenario's folder, too. */
function systemFolder(folder: string): string {
  const scenario = scenarioFolder(folder);
  return isScenarioFolder(basename(scenario)) ? dirname(scenario) : scenario;
}
