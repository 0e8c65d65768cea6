import { LoadGenError } from '../../base/errors.js';
import type { DuelContestant } from '../../runs/duelJson.js';

type Told = Pick<DuelContestant, 'name' | 'fault'>;

export function startError(contestants: readonly Told[]): LoadGenError {
  const hint = 'Mend what is said of each, or name other contestants: "loadgen suts" lists the systems that run here.';
  return new LoadGenError('DUEL_START', `fewer than two contestants can be measured${faultLines(contestants)}`, {
    hint,
  });
}

export function leftError(contestants: readonly Told[]): LoadGenError {
  const hint = 'What was measured until then is in the folder.';
  return new LoadGenError('DUEL_LEFT', `fewer than two contestants are left${faultLines(contestants)}`, { hint });
}

function faultLines(contestants: readonly Told[]): string {
  return contestants.map(({ name, fault }) => (fault === null ? '' : `\n  ${name}: ${fault}`)).join('');
}
