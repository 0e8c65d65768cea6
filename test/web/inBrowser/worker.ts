/** In a worker of an isolated page: what engines take there, and what the harness adds. Bundled in place of the page's own. */
import { imagesAt, PAIR_IMAGES } from '../../../base/pairLayout.js';
import { emptyLibrary } from '../../../bench/bareHarness.js';
import { runQuery } from '../../../bench/runQuery.js';
import {
  defaultLogSettings,
  defaultTestSettings,
  memoryLogs,
  monotonicClock,
  startTest,
} from '../../../platform/browser/index.js';
import type { Precision } from '../../../sut/engine.js';
import { createIssuingThreadSystem } from '../../../sut/issuingThreadSystem.js';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';
import { createNullSut } from '../../../sut/nullSut.js';
import { parseReferenceFaces } from '../../../sut/sphereface20/referenceFaces.js';
import { leastCosineOf } from '../../../sut/systemHeldTo.js';
import { FILE, type Manifest } from '../../../web/shared/manifest.js';
import { FileLoader } from '../../../web/worker/fileLoader.js';
import { loadEngine } from '../../../web/worker/loadEngine.js';
import { allocate, loadPairs } from '../../../web/worker/loadPairs.js';
import { answer } from '../../browser/inBrowser/answer.js';

export interface EngineQuestion {
  readonly what: 'engine';
  readonly manifest: Manifest;
  readonly base: string;
  readonly engine: string;
  readonly precision: Precision;
  readonly threads: number;
  readonly rounds: number;
}
export interface LatenessQuestion {
  readonly what: 'lateness';
  readonly queriesPerSecond: number;
  readonly seconds: number;
}

answer<EngineQuestion | LatenessQuestion>((question, page) =>
  question.what === 'engine' ? measureEngine(question) : measureLateness(question, page),
);

/** Of an engine that computes nothing: what a query costs by itself. */
const IDLE_QUERIES = 10_000;

async function measureEngine({ manifest, base, engine: name, rounds, ...options }: EngineQuestion) {
  const startedMs = performance.now();
  const loader = new FileLoader(manifest.files, base, () => {});
  const network = SPHEREFACE20_SHAPE;
  const { engine } = await loadEngine({ manifest, base, engine: name, ...options }, loader, () => {});
  await loadPairs(manifest.dataset, loader);
  const shared = allocate(PAIR_IMAGES * network.inputHeight * network.inputWidth * network.inputChannels * 4);
  const images = imagesAt(shared, 0, PAIR_IMAGES, network);
  const { inputs, embeddings } = parseReferenceFaces(await loader.load(FILE.reference), FILE.reference);
  images.set(inputs.subarray(0, images.length));
  const outputs = new Float32Array(PAIR_IMAGES * network.embeddingValues);
  await engine.infer(images, outputs);
  const readyMs = performance.now() - startedMs;
  const cosine = leastCosineOf(outputs, embeddings);
  const parts = { network, inputs: { shared, offsetOf: () => 0 }, batch: PAIR_IMAGES, configuration: {} };
  const system = createIssuingThreadSystem({ ...parts, engine, clock: monotonicClock });
  const bareMs: number[] = [];
  const queryMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bareMs.push(await timeMs(async () => engine.infer(images, outputs)));
    queryMs.push(await timeMs(() => runQuery(system, 1)));
  }
  const idle = createIssuingThreadSystem({ ...parts, engine: { ...engine, infer() {} }, clock: monotonicClock });
  const idleMs = await timeMs(async () => {
    for (let query = 0; query < IDLE_QUERIES; query++) await runQuery(idle, 1);
  });
  const { instructionSet, threads } = engine;
  return {
    queryUs: (1000 * idleMs) / IDLE_QUERIES,
    instructionSet,
    threads,
    cosine,
    readyMs,
    bareMs,
    queryMs,
    bytes: bytesLoaded(),
  };
}

/** As they came over the network, of all that this worker has asked for. */
function bytesLoaded(): number {
  const entries = performance.getEntriesByType('resource');
  return entries.reduce(
    (sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0),
    0,
  );
}

async function timeMs(run: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}

/** How late Server issues queries to a system that answers at once, in nanoseconds. */
async function measureLateness({ queriesPerSecond, seconds }: LatenessQuestion, page: MessagePort) {
  const settings = {
    ...defaultTestSettings(),
    scenario: 'Server' as const,
    serverTargetQps: queriesPerSecond,
    minDurationMs: seconds * 1000,
    minQueryCount: 1,
  };
  const { openLogs } = memoryLogs();
  const sut = createNullSut(SPHEREFACE20_SHAPE);
  const result = await startTest(sut, emptyLibrary, settings, defaultLogSettings(), { openLogs, page });
  if (result.state === 'brokenOff') throw result.reason;
  const { queryCount, harness } = result.performance ?? {};
  return { queryCount, issueDelay: harness?.issueDelay };
}
