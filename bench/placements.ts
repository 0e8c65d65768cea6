/**
 * Where SingleStream is best computed: one query of a pair after another, asked in turns of the same engine in the issuing
 * thread on one thread, there on all cores, and in a worker for each core, which share the pair. Prints medians, the
 * median of the turns' ratios to one thread, and how much of the machine others took meanwhile (Linux).
 *
 * `node dist/bench/placements.js [ENGINE [SECONDS [PRECISION]]]`
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { PAIR_IMAGES } from '../base/pairLayout.js';
import { PRECISIONS } from '../sut/engine.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { onePair } from './onePair.js';
import { runQuery } from './runQuery.js';

const WARM_UP = 2;
const TICK_MS = 10;

const [engine = 'onnxruntime', seconds = '10', precision] = process.argv.slice(2);
const cores = availableParallelism();
const common = { batch: PAIR_IMAGES, spreadPairs: true };
const placements = [
  { name: 'issuing thread, 1 thread', workers: 0, threads: 1 },
  { name: `issuing thread, ${cores} threads`, workers: 0, threads: cores },
  { name: `${cores} workers, 1 thread each`, workers: cores, threads: 1 },
];
const systems = [];
for (const { name, ...placement } of placements) {
  const sut = await createSystemUnderTest(engine, {
    inputs: onePair,
    precision: PRECISIONS.find((known) => known === precision),
    placement: { ...common, ...placement },
  });
  for (let query = 0; query < WARM_UP; query++) await runQuery(sut, 1);
  systems.push({ name, sut, latenciesMs: [] as number[] });
}
const before = { machine: machineTimeMs(), own: process.cpuUsage(), startMs: performance.now() };
while (performance.now() - before.startMs < Number(seconds) * 1000) {
  for (const { sut, latenciesMs } of systems) {
    const startMs = performance.now();
    await runQuery(sut, 1);
    latenciesMs.push(performance.now() - startMs);
  }
}
const { user, system } = process.cpuUsage(before.own);
const elapsedMs = performance.now() - before.startMs;
const othersMs = machineTimeMs() - before.machine - (user + system) / 1000;
for (const { sut } of systems) await sut.close();

const [first] = systems;
for (const { name, latenciesMs } of systems) {
  const ratios = latenciesMs.map((ms, turn) => ms / (first?.latenciesMs[turn] ?? Number.NaN));
  console.log(`${name}: ${median(latenciesMs).toFixed(1)} ms a pair, ${median(ratios).toFixed(3)} of the first`);
}
const share = (100 * othersMs) / (elapsedMs * cores);
console.log(`${first?.latenciesMs.length} turns; others took ${share.toFixed(0)} % of the processors' time`);

/** What all processes have computed since the machine started. */
function machineTimeMs(): number {
  if (process.platform !== 'linux') return Number.NaN;
  const [user = 0, nice = 0, system = 0] = readFileSync('/proc/stat', 'utf8').split(/ +/).slice(1, 4).map(Number);
  return (user + nice + system) * TICK_MS;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
