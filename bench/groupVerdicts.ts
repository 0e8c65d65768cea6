/**
 * How often groups of runs of one and the same system get a verdict, each of which is false:
 * `node dist/bench/groupVerdicts.js NAME [SIZE] [TRIALS]`, where NAME is that of repeated runs, as
 * `loadgen run --sut onnxruntime --repeat 40 --output NAME` leaves them. Groups of SIZE runs are drawn from them at random,
 * and are made of runs that followed one another, in turns and block after block.
 */
import { shuffle } from '../loadgen/random/distributions.js';
import { MersenneTwister } from '../loadgen/random/mersenneTwister.js';
import { compareMeasuredGroups } from '../reports/compare/groups/compareGroups.js';
import { type MeasuredRun, readRun } from '../reports/figures/measureRun.js';
import { foldersNamed } from '../runs/repeats.js';

const [name = '', sizeText = '5', trials = '1000'] = process.argv.slice(2);
const size = Number(sizeText);
const runs: MeasuredRun[] = [];
for (const folder of foldersNamed(name)) runs.push(await readRun(folder));
const random = new MersenneTwister(1);

const single = Array.from({ length: runs.length - 1 }, (_, index) => medianRatio(index));
console.log(`${runs.length} runs; medians of neighbouring runs differ by up to ${percent(Math.max(...single))} %`);
report('drawn at random', Array.from({ length: Number(trials) }, randomGroups));
const starts = Array.from({ length: Math.max(0, runs.length - 2 * size + 1) }, (_, start) => start);
report(
  'of runs that followed one another, in turns',
  starts.map((start) => split(start, (index) => index % 2 === 0)),
);
report(
  'of runs that followed one another, block after block',
  starts.map((start) => split(start, (index) => index < size)),
);

type Groups = readonly [MeasuredRun[], MeasuredRun[]];

function randomGroups(): Groups {
  const order = Uint32Array.from(runs.keys());
  shuffle(random, order);
  const drawn = [...order].flatMap((index) => runs[index] ?? []);
  return [drawn.slice(0, size), drawn.slice(size, 2 * size)];
}

function split(start: number, isBase: (index: number) => boolean): Groups {
  const window = runs.slice(start, start + 2 * size);
  return [window.filter((_, index) => isBase(index)), window.filter((_, index) => !isBase(index))];
}

function report(how: string, all: readonly Groups[]): void {
  const wrong = all.filter(([base, others]) =>
    compareMeasuredGroups(base, others).scenarios.some(({ figures }) =>
      figures.some(({ verdict }) => verdict === 'faster' || verdict === 'slower'),
    ),
  ).length;
  const share = all.length === 0 ? '' : ` (${percent(wrong / all.length)} %)`;
  console.log(`groups of ${size} ${how}: ${wrong} of ${all.length} with a false verdict${share}`);
}

function medianRatio(index: number): number {
  const [own = Number.NaN, next = Number.NaN] = [runs[index], runs[index + 1]].map(
    (run) => run?.tests[0]?.figures.find((figure) => figure.name === 'p50')?.value,
  );
  return Math.abs(next / own - 1);
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
