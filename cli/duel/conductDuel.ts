import { join } from 'node:path';
import { LoadGenError, loadGenErrorOf } from '../../base/errors.js';
import { MersenneTwister } from '../../loadgen/random/mersenneTwister.js';
import { defaultTestSettings, monotonicClock } from '../../platform/node/index.js';
import type { OpenedDataset } from '../../qsl/openDataset.js';
import { isPrecise, judgePhase } from '../../reports/duel/judgeDuel.js';
import {
  type DuelContestant,
  type DuelJson,
  type DuelPhase,
  type DuelScenario,
  writeDuelJson,
} from '../../runs/duelJson.js';
import { machineFacts } from '../benchmark/describeRun.js';
import { openBenchmarkDataset } from '../benchmark/openBenchmarkDataset.js';
import { placementFor, type SystemChoice } from '../benchmark/systemChoice.js';
import type { DatasetArguments } from '../datasetOptions.js';
import { startProgressBar } from '../progressBar.js';
import { checkSystem, sentSystem, supervisionOf } from '../supervision/supervisedSystems.js';
import { conductPhase, type Racer } from './conductPhase.js';
import { openContestant } from './contestant.js';
import { type ContestantChoice, contestantFolder, contestantNames } from './contestants.js';
import { leftError, startError } from './leftContestants.js';
import { measureAccuracy } from './measureAccuracy.js';

export interface DuelOptions {
  readonly network: string;
  readonly choices: readonly ContestantChoice[];
  /** What the choices and the options of the command make of each contestant. */
  readonly systems: readonly SystemChoice[];
  readonly datasetOptions: DatasetArguments & { readonly spread?: number };
  readonly scenarios: readonly DuelScenario[];
  readonly precision: number;
  readonly timeLimitMs: number;
  readonly startedAt: Date;
  /** On the monotonic clock: the time limit counts from here. */
  readonly startedNs: number;
  readonly seed: number;
  readonly responseTimeoutMs: number | undefined;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A duel under way. */
interface Duel extends Omit<DuelJson, 'version'> {
  readonly contestants: DuelContestant[];
  readonly phases: DuelPhase[];
}

/**
 * Measures accuracy and speed of the contestants. Writes `duel.json` after each scenario, beside a run of each contestant
 * with its accuracy test. A contestant that fails leaves, and the others go on.
 *
 * @throws DUEL_START if fewer than two contestants get as far as being measured, and DUEL_LEFT if no more are left later
 */
export async function conductDuel(options: DuelOptions): Promise<void> {
  const { folder, signal, scenarios } = options;
  const names = await checkContestants(options);
  const dataset = await openBenchmarkDataset(options.datasetOptions, [], signal);
  const duel = beginDuel(options, names, dataset);
  for (const contestant of duel.contestants.keys()) await testAccuracy(options, duel, contestant, dataset);
  if (stillIn(duel) < 2) throw startError(duel.contestants);
  const random = new MersenneTwister(options.seed);
  for (const [index, scenario] of scenarios.entries()) {
    const phase = await measurePhase(options, duel, scenario, scenarios.length - index, dataset, random);
    if (phase !== undefined) duel.phases.push(phase);
    if (duel.phases.length > 0) writeDuelJson(folder, duel);
    signal.throwIfAborted();
    if (stillIn(duel) < 2) throw duel.phases.length === 0 ? startError(duel.contestants) : leftError(duel.contestants);
  }
}

/** What each system calls itself, or why it cannot be made. */
async function checkContestants({
  systems,
  choices,
  scenarios,
  signal,
}: DuelOptions): Promise<(string | LoadGenError)[]> {
  const names: (string | LoadGenError)[] = [];
  for (const system of systems) {
    const placements = scenarios.map((scenario) => placementOf(scenario, system));
    names.push(
      await checkSystem(system, placements, signal).then(
        ({ name }) => name,
        (thrown: unknown) => faultOf(thrown, signal),
      ),
    );
  }
  if (names.filter((name) => typeof name === 'string').length >= 2) return names;
  const texts = contestantNames(choices, names.map(textOf));
  throw startError(texts.map((name, index) => ({ name, fault: faultText(names[index]) })));
}

function beginDuel(options: DuelOptions, checked: readonly (string | LoadGenError)[], dataset: OpenedDataset): Duel {
  const { network, choices, scenarios, precision, timeLimitMs, startedAt, seed } = options;
  const names = contestantNames(choices, checked.map(textOf));
  return {
    ...{ network, seed, precision, timeLimitMs },
    startedAt: `${startedAt.toISOString().slice(0, 19)}Z`,
    scenarios: [...scenarios],
    system: machineFacts(),
    dataset: { name: dataset.library.name, sha256: dataset.digest, pairs: dataset.library.pairs.length },
    contestants: names.map((name, index) => ({
      name,
      folder: contestantFolder(index, name),
      configuration: {},
      accuracy: null,
      fault: tellFault(name, checked[index]),
    })),
    phases: [],
  };
}

async function testAccuracy(options: DuelOptions, duel: Duel, index: number, dataset: OpenedDataset): Promise<void> {
  const contestant = duel.contestants[index];
  const system = options.systems[index];
  if (contestant === undefined || system === undefined || contestant.fault !== null) return;
  const { datasetOptions, responseTimeoutMs, signal } = options;
  const folder = join(options.folder, contestant.folder);
  try {
    const tested = await measureAccuracy({
      ...{ system, reportedSutName: contestant.name, dataset, datasetOptions, responseTimeoutMs, signal },
      runFolder: folder,
    });
    Object.assign(contestant, tested);
  } catch (thrown) {
    contestant.fault = tellFault(contestant.name, faultOf(thrown, signal));
  }
}

async function measurePhase(
  options: DuelOptions,
  duel: Duel,
  scenario: DuelScenario,
  phasesLeft: number,
  dataset: OpenedDataset,
  random: MersenneTwister,
): Promise<DuelPhase | undefined> {
  const { signal } = options;
  const clock = monotonicClock;
  const placements = options.systems.map((system) => placementOf(scenario, system));
  const racers = options.systems.map((system, index): Racer => {
    const contestant = duel.contestants[index];
    const placement = placements[index];
    if (contestant === undefined || placement === undefined || contestant.fault !== null) return undefined;
    return openContestant(
      {
        ...{ system: sentSystem(system), placement, dataset: options.datasetOptions, datasetSha256: dataset.digest },
        ...{ responseTimeoutMs: options.responseTimeoutMs, slowEngines: new Map() },
      },
      { ...supervisionOf(system, signal, undefined, options.responseTimeoutMs), sutName: contestant.name },
    );
  });
  const startedNs = clock.nowNs();
  const endNs = options.startedNs + options.timeLimitMs * 1e6;
  const deadlineNs = startedNs + (endNs - startedNs) / phasesLeft;
  const bar = startProgressBar(scenario);
  let note = '';
  try {
    return await conductPhase({
      ...{ scenario, racers, clock, deadlineNs, random, signal },
      leastSamples: placements.map(({ workers }) => Math.max(1, workers)),
      onFault: (index, reason) => {
        const contestant = duel.contestants[index];
        if (contestant !== undefined) contestant.fault = tellFault(contestant.name, reason);
      },
      onRound: () => bar.update(Math.min(1, (clock.nowNs() - startedNs) / (deadlineNs - startedNs)), note),
      isDecided: (phase) => {
        const figures = judgePhase(duel, phase);
        note = progressNote(phase, figures);
        return isPrecise(figures);
      },
    });
  } finally {
    bar.stop();
    for (const racer of racers) await racer?.close();
  }
}

/** ` | round 24, ± 3.1 %`: how closely the least known ratio is known. */
function progressNote({ rounds }: DuelPhase, figures: ReturnType<typeof judgePhase>): string {
  const margins = figures.flatMap(({ values }) =>
    values.flatMap((value) => (value?.interval == null ? [] : [value.interval[1] / value.ratio - 1])),
  );
  const margin = margins.length === 0 ? '' : `, ± ${(100 * Math.max(...margins)).toFixed(1)} %`;
  return ` | round ${rounds.length}${margin}`;
}

function placementOf(scenario: DuelScenario, system: SystemChoice): ReturnType<typeof placementFor> {
  return placementFor({ ...defaultTestSettings(), scenario }, system);
}

function stillIn({ contestants }: Duel): number {
  return contestants.filter(({ fault }) => fault === null).length;
}

function faultOf(thrown: unknown, signal: AbortSignal): LoadGenError {
  signal.throwIfAborted();
  const reason = loadGenErrorOf(thrown);
  if (reason === undefined) throw thrown;
  return reason;
}

function tellFault(name: string, checked: string | LoadGenError | undefined): string | null {
  const text = faultText(checked);
  if (text !== null) console.error(`${name} leaves the duel: ${text}`);
  return text;
}

function faultText(checked: string | LoadGenError | undefined): string | null {
  return checked instanceof LoadGenError ? `${checked.message} (${checked.code})` : null;
}

function textOf(checked: string | LoadGenError): string | undefined {
  return typeof checked === 'string' ? checked : undefined;
}
