/** A run with its audits, made by the LoadGen on virtual time: real log files, the same each time. */
import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  defaultLogSettings,
  defaultTestSettings,
  type QuerySample,
  startTest,
  type TestScenario,
  type TestSettings,
} from '../../../platform/node/index.js';
import type { AuditResult } from '../../../submission/audits/auditResult.js';
import { AUDITS } from '../../../submission/audits/audits.js';
import { sharedFolder } from '../../sharedFolder.js';
import { VirtualClock } from '../../virtualClock.js';

export const BASE_RUNS = {
  SingleStream: { scenario: 'SingleStream', latencyNs: 1_000_000 },
  shortSingleStream: { scenario: 'SingleStream', latencyNs: 150_000 },
  shortestSingleStream: { scenario: 'SingleStream', latencyNs: 4_000 },
  MultiStream: { scenario: 'MultiStream', latencyNs: 1_500_000 },
  Server: { scenario: 'Server', latencyNs: 1_000_000 },
  Offline: { scenario: 'Offline', latencyNs: 1_000_000 },
} as const satisfies Record<string, { scenario: TestScenario; latencyNs: number }>;

const FEATURE_VALUES = 4;
const THRESHOLD = 0.3;
const LIBRARY = { name: 'pairs', totalSampleCount: 40, performanceSampleCount: 20 };
/** Three times as many samples as TEST01 logs. */
const MIN_SAMPLE_COUNT = 3 * 4096;

const folder = sharedFolder('audit-test');

export interface AuditedRun {
  /** Of `verifyTest01`. */
  readonly scenarioFolder: string;
  readonly test01: string;
  readonly test04: string;
}

export interface RunShape {
  readonly scenario: TestScenario;
  readonly latencyNs: number;
  readonly settings?: Partial<TestSettings>;
}

/** Below a folder of its own. */
export async function makeAuditedRun({ scenario, latencyNs, settings = {} }: RunShape): Promise<AuditedRun> {
  const scenarioFolder = join(mkdtempSync(join(folder, 'run-')), scenario);
  const asked = {
    ...defaultTestSettings(),
    ...SEEDS,
    scenario,
    minDurationMs: 0,
    minQueryCount: MIN_SAMPLE_COUNT / (scenario === 'MultiStream' ? 8 : 1),
    singleStreamExpectedLatencyNs: latencyNs,
    serverTargetQps: 1e9 / (10 * latencyNs),
    ...settings,
  };
  const run = (mode: TestSettings['mode'], outdir: string, auditText?: string) =>
    runOnce({ ...asked, mode }, join(scenarioFolder, outdir), latencyNs, auditText);
  await run('AccuracyOnly', 'accuracy');
  await run('PerformanceOnly', 'performance/run_1');
  await run('PerformanceOnly', 'TEST01/performance/run_1', AUDITS.TEST01.configText);
  await run('PerformanceOnly', 'TEST04/performance/run_1', AUDITS.TEST04.configText);
  return foldersOf(scenarioFolder);
}

/** Those that `ALTERATIONS` are of. */
export async function makeBaseRuns(): Promise<Record<keyof typeof BASE_RUNS, AuditedRun>> {
  return {
    SingleStream: await makeAuditedRun(BASE_RUNS.SingleStream),
    shortSingleStream: await makeAuditedRun(BASE_RUNS.shortSingleStream),
    shortestSingleStream: await makeAuditedRun(BASE_RUNS.shortestSingleStream),
    MultiStream: await makeAuditedRun(BASE_RUNS.MultiStream),
    Server: await makeAuditedRun(BASE_RUNS.Server),
    Offline: await makeAuditedRun(BASE_RUNS.Offline),
  };
}

export function verify(
  audit: keyof typeof AUDITS,
  { scenarioFolder, test01, test04 }: AuditedRun,
): Promise<AuditResult> {
  const auditFolder = audit === 'TEST01' ? test01 : test04;
  return AUDITS[audit].verify({ scenarioFolder, auditFolder, featureValues: FEATURE_VALUES, threshold: THRESHOLD });
}

/** For a test to alter. */
export function copyOf({ scenarioFolder }: AuditedRun): AuditedRun {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(scenarioFolder, copy, { recursive: true });
  return foldersOf(copy);
}

function foldersOf(scenarioFolder: string): AuditedRun {
  return { scenarioFolder, test01: join(scenarioFolder, 'TEST01'), test04: join(scenarioFolder, 'TEST04') };
}

const SEEDS = {
  qslRngSeed: 2085463073848966840n,
  sampleIndexRngSeed: 2747215439041700203n,
  scheduleRngSeed: 16159082839903944936n,
};

async function runOnce(settings: TestSettings, outdir: string, latencyNs: number, auditText: string | undefined) {
  const clock = new VirtualClock();
  const result = await startTest(
    {
      name: 'audited system',
      issueQuery: (samples, responder) => {
        clock.advanceBy(latencyNs);
        responder.querySamplesComplete(samples.map((sample) => ({ id: sample.id, data: answerOf(sample) })));
      },
      flushQueries: () => {},
    },
    { ...LIBRARY, loadSamplesToRam: () => {}, unloadSamplesFromRam: () => {} },
    settings,
    { ...defaultLogSettings(), outdir, enableTrace: false },
    {
      clock,
      startMonitor: () => async () => undefined,
      notes: { dataset_sha256: '0011223344556677', sut_model_sha256: '8899aabbccddeeff' },
      ...(auditText === undefined ? {} : { auditConfig: { path: 'audit.config', kind: 'audit', text: auditText } }),
    },
  );
  if (result.state === 'brokenOff') throw result.reason;
}

/** Two features; their angle is below the threshold for every other pair. */
function answerOf({ index }: QuerySample): Uint8Array {
  const angle = index % 2 === 0 ? 0.1 : 1.5;
  // So that first bytes differ.
  const length = 1 + index / 7;
  const features = [length, 0, 0, 0, length * Math.cos(angle), length * Math.sin(angle), 0, 0];
  const data = new Uint8Array(features.length * 4);
  for (const [position, value] of features.entries()) new DataView(data.buffer).setFloat32(4 * position, value, true);
  return data;
}
