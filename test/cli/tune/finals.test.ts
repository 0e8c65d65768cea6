import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeFinals } from '../../../cli/tune/finals.js';
import type { DuelScenario } from '../../../runs/duelJson.js';
import { aPhase } from '../../reports/duel/aDuel.js';

const CHOSEN: readonly [what: string, scenario: DuelScenario, latenciesNs: readonly number[], chosen: number][] = [
  ['equal ones', 'SingleStream', [1e7, 1e7, 1e7], 0],
  ['a faster one', 'SingleStream', [1e7, 5e6, 1e7], 1],
  ['two faster ones that are equal', 'SingleStream', [1e7, 5e6, 5e6], 1],
  ['ever faster ones', 'SingleStream', [1e7, 5e6, 2e6], 2],
  ['slower ones', 'SingleStream', [1e7, 2e7, 3e7], 0],
  ['equal ones', 'Offline', [1e7, 1e7], 0],
  ['a faster one', 'Offline', [1e7, 5e6], 1],
];
for (const [what, scenario, latenciesNs, chosen] of CHOSEN) {
  test(`${scenario}: of ${what}, number ${chosen} is chosen`, () => {
    const finals = judgeFinals(aPhase(scenario, latenciesNs));
    assert.equal(finals.chosen, chosen);
    for (const [index, { ratio }] of finals.standings.entries()) {
      if (index === chosen) {
        assert.equal(ratio, null);
        continue;
      }
      const expected = (latenciesNs[index] ?? 0) / (latenciesNs[chosen] ?? 1);
      assert.ok(Math.abs((ratio?.value ?? 0) / expected - 1) < 0.02, `${ratio?.value} ${expected}`);
      const [lower = 0, upper = 0] = ratio?.interval ?? [];
      assert.ok(lower < expected && expected < upper);
    }
  });
}
