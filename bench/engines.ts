/**
 * Milliseconds per inference of every engine that runs here, in each of its precisions. Engines take turns, so that all
 * see the same machine; ratios are against the baseline, the first row of the table. The cosine is the least one of the
 * reference faces' embeddings with those of PyTorch.
 *
 * `node dist/bench/engines.js [BASELINE [ROUNDS [BATCH [THREADS]]]]`, BASELINE for instance "onnxruntime fp32"
 */
import { readFileSync } from 'node:fs';
import Table from 'cli-table3';
import { messageOf } from '../base/errors.js';
import { inputValuesOf } from '../base/pairLayout.js';
import type { Engine, EngineModule, Precision } from '../sut/engine.js';
import { ENGINES, importEngine } from '../sut/engines/index.js';
import { loadModel } from '../sut/loadModel.js';
import { SPHEREFACE20_SHAPE } from '../sut/networks/sphereface20.js';
import { REFERENCE_FACES } from '../sut/sphereface20/ownFiles.js';
import { parseReferenceFaces } from '../sut/sphereface20/referenceFaces.js';
import { leastCosineOf } from '../sut/systemHeldTo.js';

interface Competitor {
  readonly name: string;
  readonly engine: Engine;
  readonly leastCosine: number;
  /** Per image; one value per round. */
  readonly timesMs: number[];
}

const baselineName = process.argv[2];
const rounds = Number(process.argv[3] ?? 21);
const batch = Number(process.argv[4] ?? 1);
const threads = Number(process.argv[5] ?? 1);
const inputs = new Float32Array(batch * inputValuesOf(SPHEREFACE20_SHAPE)).map(() => Math.random() * 2 - 1);
const REFERENCE_IMAGES = 4;
const reference = parseReferenceFaces(readFileSync(REFERENCE_FACES.file), REFERENCE_FACES.file);
const referenceInputs = reference.inputs.subarray(0, REFERENCE_IMAGES * inputValuesOf(SPHEREFACE20_SHAPE));
const outputs = new Float32Array(batch * SPHEREFACE20_SHAPE.embeddingValues);

const competitors: Competitor[] = [];
for (const { name, module } of ENGINES) {
  try {
    const engineModule = await importEngine(module.href);
    await engineModule.checkUsable();
    for (const precision of engineModule.precisions) await addCompetitor(name, engineModule, precision);
  } catch (thrown) {
    console.log(`${name}: not measured: ${messageOf(thrown)}`);
  }
}
for (let round = 0; round < rounds; round++) {
  for (const { engine, timesMs } of competitors) {
    const startMs = performance.now();
    await engine.infer(inputs, outputs);
    timesMs.push((performance.now() - startMs) / batch);
  }
}
printTable();
for (const { engine } of competitors) await engine.close();

async function addCompetitor(
  engineName: string,
  { createEngine, formats }: EngineModule,
  precision: Precision,
): Promise<void> {
  const name = `${engineName} ${precision}`;
  try {
    const model = await loadModel({ formats, precision });
    const engine = await createEngine(model, { precision, threads });
    const embeddings = new Float32Array(REFERENCE_IMAGES * SPHEREFACE20_SHAPE.embeddingValues);
    await engine.infer(referenceInputs, embeddings);
    await engine.infer(inputs, outputs);
    competitors.push({ name, engine, leastCosine: leastCosineOf(embeddings, reference.embeddings), timesMs: [] });
  } catch (thrown) {
    console.log(`${name}: not measured: ${messageOf(thrown)}`);
  }
}

function printTable(): void {
  const baseline = competitors.find(({ name }) => name === baselineName) ?? competitors[0];
  if (baseline === undefined) throw new RangeError('no engine can run here');
  const table = new Table({
    head: ['engine', 'instructions', 'threads', 'cosine', 'least ms', 'median ms', `times as fast as ${baseline.name}`],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, engine, leastCosine, timesMs } of [
    baseline,
    ...competitors.filter((other) => other !== baseline),
  ]) {
    // Both from the same round, so that other load on the machine affects both.
    const ratios = timesMs.map((ms, round) => (baseline.timesMs[round] ?? Number.NaN) / ms);
    const times = [Math.min(...timesMs), median(timesMs)].map((ms) => ms.toFixed(2));
    const facts = [engine.instructionSet, engine.threads, leastCosine.toFixed(6)];
    table.push([name, ...facts, ...times, median(ratios).toFixed(2)]);
  }
  console.log(`${rounds} rounds, batch ${batch}; milliseconds of one image\n${table.toString()}`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
