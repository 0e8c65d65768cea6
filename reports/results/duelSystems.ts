import { LoadGenError } from '../../base/errors.js';
import { readDuelJson } from '../../runs/duelJson.js';
import type { DuelResult } from '../duel/duelResult.js';
import { judgeDuel } from '../duel/judgeDuel.js';
import type { FoundSystem } from './benchmarks.js';
import { type FoundFolder, labelOf, loadGenError, reasonOf, shownFolder } from './findResults.js';
import type { ScenarioResult, Unreadable } from './results.js';

const NO_INTERVAL = 'a duel gives intervals of ratios';

/** The contestants of duels: each is a system. */
export async function readDuelSystems(
  duels: readonly FoundFolder[],
  unreadable: Unreadable[],
): Promise<readonly FoundSystem[]> {
  const systems: FoundSystem[] = [];
  for (const found of duels) {
    const duel = await readDuelJson(found.folder).catch(loadGenError);
    if (duel instanceof LoadGenError) unreadable.push({ folder: shownFolder(found.folder), reason: reasonOf(duel) });
    else systems.push(...contestantsOf(judgeDuel(duel), found));
  }
  return systems;
}

function contestantsOf(duel: DuelResult, found: FoundFolder): FoundSystem[] {
  const { network, dataset, contestants, startedAt, system } = duel;
  const folder = shownFolder(found.folder);
  return contestants.map(({ name }, index) => ({
    network,
    data: { name: dataset.name, sha256: dataset.sha256, samples: dataset.pairs },
    isRound: false,
    system: {
      ...{ name, kind: 'duel', folder, label: labelOf(found), startedAt },
      processor: system.processor ?? null,
      quick: null,
      results: duel.scenarios.map((scenario) => resultOf(duel, scenario, index, folder)),
    },
  }));
}

/** One that left has no figures. */
function resultOf(
  { contestants }: DuelResult,
  { scenario, figures }: DuelResult['scenarios'][number],
  index: number,
  folder: string,
): ScenarioResult {
  const { name = '', accuracy = null, fault = null } = contestants[index] ?? {};
  return {
    ...{ scenario, folder, accuracy },
    sutName: name,
    loadgenVersion: null,
    validity: fault === null ? null : 'INVALID',
    invalidReasons: fault === null ? [] : [`It left the duel: ${fault}`],
    figures: figures.flatMap(({ name: figure, unit, values }) => {
      const value = values[index]?.value;
      return value === undefined ? [] : [{ name: figure, unit, value, interval: null, noInterval: NO_INTERVAL }];
    }),
    onFront: false,
    remarks: [],
  };
}
