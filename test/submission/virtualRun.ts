/** Whole runs of the benchmark at full length, on virtual time: genuine logs of the LoadGen, in a moment. */

import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../../cli/benchmark/settings.js';
import {
  type ConfigFile,
  defaultLogSettings,
  startTest,
  type TestMode,
  type TestScenario,
} from '../../platform/node/index.js';
import { computeAccuracy } from '../../reports/accuracy/computeAccuracy.js';
import { writeAccuracyText } from '../../runs/accuracyFile.js';
import type { Judging } from '../../runs/jsonFormats.js';
import { JUDGING_JSON } from '../../runs/layout.js';
import { AUDIT_NAMES, AUDITS, type AuditName } from '../../submission/audits/audits.js';
import { VirtualClock } from '../virtualClock.js';

export const MLPERF_CONF = fileURLToPath(new URL('../../../mlperf.conf', import.meta.url));

const PAIR_COUNT = 600;
const PAIRS = Array.from({ length: PAIR_COUNT }, (_, index) => ({
  same: index % 2 === 0,
  set: 1,
  nameA: `Person_${index} 1`,
  nameB: `Person_${index} 2`,
}));

/** Short, so that logs are: the length of a feature stands beside the answers. */
const FEATURE_VALUES = 8;
const JUDGING: Judging = {
  version: 1,
  network: 'sphereface20',
  featureValues: FEATURE_VALUES,
  threshold: 0.41,
  thresholdOrigin: "the benchmark's",
};

export interface VirtualRunOptions {
  readonly scenarios?: readonly TestScenario[];
  readonly audits?: boolean;
  /** Of 600. */
  readonly wrongAnswers?: number;
  readonly userConf?: string | undefined;
  readonly network?: string;
  /** Other texts for the log than those of a known model on known data. */
  readonly notes?: Readonly<Record<string, string>>;
}

const NOTES = {
  dataset_name: 'synthetic',
  dataset_sha256: 'b2c3b277eceda0de029f57b9091c44cf6324a8ef7095afb06b11d431208dd4f3',
  dataset_skipped_pairs: '0',
  sut_engine: 'virtual',
  sut_engine_version: '1.2.3',
  sut_precision: 'fp32',
  sut_model: 'Sphereface-20, weights trained by this project',
  sut_model_format: 'onnx',
  sut_model_sha256: '29b10946a4337cb594ba7ded790b51acfbba52b5ad894e3f1f96e75784e8817c',
  sut_weights_sha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
  sut_workers: '2',
};

export const USER_CONF = '*.Offline.target_qps = 10\n*.SingleStream.target_latency = 100\n*.Server.target_qps = 2\n';

/** A system of no engine of ours: as a plugin, with our weights. */
const REQUEST = {
  sut: null,
  ownModel: false,
  precision: 'fp32',
  workers: 2,
  threads: null,
  batch: null,
  dataset: 'synthetic',
  ownPairsFile: false,
  pairs: null,
  set: null,
  skipMissing: false,
  applyOrientation: false,
};

const SYSTEM = {
  processor: 'Some processor',
  logicalProcessors: 2,
  platform: 'linux x64',
  nodeVersion: 'v20.19.0',
  loadgenPackageVersion: '0.1.0',
};

/** Leaves a run's folder as `loadgen run` does. */
export async function virtualRun(folder: string, options: VirtualRunOptions = {}): Promise<void> {
  const { scenarios = ['SingleStream', 'Offline'], audits = true, network = 'sphereface20' } = options;
  const userConf = 'userConf' in options ? options.userConf : USER_CONF;
  await mkdir(folder, { recursive: true });
  await writeJson(folder, 'run.json', {
    version: 1,
    network,
    sut: 'virtual',
    quick: false,
    system: SYSTEM,
    dataset: { name: NOTES.dataset_name, sha256: NOTES.dataset_sha256, pairs: PAIR_COUNT, skipped: [] },
    request: REQUEST,
  });
  await copyFile(MLPERF_CONF, join(folder, 'mlperf.conf'));
  const settingsFile = userConf === undefined ? undefined : join(folder, 'user.conf');
  if (settingsFile !== undefined && userConf !== undefined) await writeFile(settingsFile, userConf);
  for (const scenario of scenarios) {
    const test = (mode: TestMode, outdir: string, audit?: AuditName) =>
      virtualTest(
        { ...options, network },
        { scenario, mode, outdir: join(folder, scenario, outdir), settingsFile, audit },
      );
    await test('AccuracyOnly', 'accuracy');
    await judge(join(folder, scenario, 'accuracy'), network);
    await test('PerformanceOnly', 'performance/run_1');
    if (!audits) continue;
    for (const audit of AUDIT_NAMES) {
      await test('PerformanceOnly', `${audit}/performance/run_1`, audit);
      await verify(join(folder, scenario), audit);
    }
  }
}

interface VirtualTest {
  readonly scenario: TestScenario;
  readonly mode: TestMode;
  readonly outdir: string;
  readonly settingsFile: string | undefined;
  readonly audit: AuditName | undefined;
}

async function virtualTest(
  { wrongAnswers = 50, network, notes = {} }: VirtualRunOptions & { network: string },
  { scenario, mode, outdir, settingsFile, audit }: VirtualTest,
): Promise<void> {
  const clock = new VirtualClock();
  // Without a user.conf, Offline's query is made for the rate in mlperf.conf, which has to last ten minutes.
  const pairNs = settingsFile === undefined ? 2.5e8 : 1e8;
  const { settings } = readSettings(scenario, mode, network, { mlperfConf: MLPERF_CONF, userConf: settingsFile });
  const auditConfig: ConfigFile | undefined =
    audit === undefined ? undefined : { path: 'audit.config', kind: 'audit', text: AUDITS[audit].configText };
  await startTest(
    {
      name: 'virtual',
      issueQuery: (samples, responder) => {
        clock.advanceBy(samples.length * pairNs);
        responder.querySamplesComplete(samples.map(({ id, index }) => ({ id, data: answer(index, wrongAnswers) })));
      },
      flushQueries: () => {},
    },
    {
      name: 'synthetic',
      totalSampleCount: PAIR_COUNT,
      performanceSampleCount: PAIR_COUNT,
      loadSamplesToRam: () => {},
      unloadSamplesFromRam: () => {},
    },
    settings,
    { ...defaultLogSettings(), outdir },
    { clock, notes: { ...NOTES, ...notes }, ...(auditConfig === undefined ? {} : { auditConfig }) },
  );
}

/** Two features at an angle that is right for the pair, but for the first ones. */
function answer(index: number, wrongAnswers: number): Uint8Array {
  const isSame = (index % 2 === 0) === index >= wrongAnswers;
  const angle = (isSame ? 0.1 : 0.6) * Math.PI;
  const features = new Float32Array(2 * FEATURE_VALUES);
  features.set([1], 0);
  features.set([Math.cos(angle), Math.sin(angle)], FEATURE_VALUES);
  return new Uint8Array(features.buffer);
}

async function verify(scenarioFolder: string, audit: AuditName): Promise<void> {
  const auditFolder = join(scenarioFolder, audit);
  const { texts } = await AUDITS[audit].verify({ scenarioFolder, auditFolder, ...JUDGING });
  for (const [name, text] of Object.entries(texts)) await writeFile(join(auditFolder, name), text);
}

async function judge(logDir: string, network: string): Promise<void> {
  await writeJson(logDir, 'pairs.json', PAIRS);
  await writeJson(logDir, JUDGING_JSON, { ...JUDGING, network });
  const { featureValues, threshold } = JUDGING;
  await writeAccuracyText(logDir, await computeAccuracy({ logDir, pairs: PAIRS, featureValues, threshold }));
}

function writeJson(folder: string, name: string, content: unknown): Promise<void> {
  return writeFile(join(folder, name), `${JSON.stringify(content, undefined, 2)}\n`);
}
