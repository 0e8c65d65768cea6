import { SCENARIOS } from '../../loadgen/scenarios/index.js';
import type { Measurement, TunedScenario } from './tuneScenario.js';

/**
 * The text of a `user.conf` with the placement and the expected speed of a scenario: lines for the same keys are
 * replaced, all others stay as they are.
 */
export function withTunedSettings(text: string, model: string, scenario: TunedScenario, best: Measurement): string {
  const { workers, threads, batch } = best.placement;
  const { key: speedKey, value: speed } = SCENARIOS[scenario].expectation(best.pairNs);
  const values = {
    sut_workers: workers,
    sut_threads: threads,
    sut_batch: batch,
    [speedKey]: speed,
  };
  const prefix = `${model}.${scenario}.`;
  const kept = text.split('\n').filter((line) => {
    const [key = ''] = line.trim().split(/\s+/);
    return !(key.startsWith(prefix) && Object.hasOwn(values, key.slice(prefix.length)));
  });
  while (kept.at(-1)?.trim() === '') kept.pop();
  const lines = Object.entries(values).map(([name, value]) => `${prefix}${name} = ${value}`);
  return `${[...kept, ...lines].join('\n')}\n`;
}
