import type { SystemResults } from '../results/results.js';

const KINDS = { run: 'run', duel: 'duel', submission: 'published', logs: 'logs' } as const;

/** Of when and on what all systems were measured: a page says it once. */
export function sharedFacts([first, ...others]: readonly SystemResults[]): readonly string[] {
  if (first === undefined) return [];
  return circumstances(first).filter((fact) => others.every((system) => circumstances(system).includes(fact)));
}

/** What a system's row says beside its figures. */
export function ownFacts(system: SystemResults, shared: readonly string[]): string {
  const facts = [KINDS[system.kind], ...circumstances(system).filter((fact) => !shared.includes(fact))];
  return `${system.label}: ${facts.join(', ')}`;
}

function circumstances({ quick, startedAt, processor }: SystemResults): string[] {
  return [...(quick === true ? ['quick'] : []), startedAt?.slice(0, 10) ?? [], processor ?? []].flat();
}
