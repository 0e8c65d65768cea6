/** What a series cost, as logs say it: informative, since no rule of MLPerf's covers it. */
import type { DetailEntry } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { EnergyFigures } from '../platform.js';

/** In the detail log. */
export const ENERGY_KEYS = {
  joules: 'harness_energy_joules',
  joulesPerSample: 'harness_energy_joules_per_sample',
  idleShare: 'harness_energy_idle_share',
  source: 'harness_energy_source',
} as const;

export function energyEntries({ joules, idleShare, source }: EnergyFigures, sampleCount: number): DetailEntry[] {
  return [
    [ENERGY_KEYS.joules, { real: joules }],
    [ENERGY_KEYS.joulesPerSample, { real: joules / sampleCount }],
    ...(idleShare === undefined ? [] : [[ENERGY_KEYS.idleShare, { real: idleShare }] as const]),
    [ENERGY_KEYS.source, source],
  ];
}

/** `1.234 J a sample, counted by the processor packages; 31.2 % of it would have been used without a query`. */
export function energyText(joulesPerSample: number, idleShare: number | undefined, source: string): string {
  const idle =
    idleShare === undefined
      ? 'what an idle machine uses is not known'
      : `${formatFixed(100 * idleShare, 1)} % of it would have been used without a query`;
  return `${formatFixed(joulesPerSample, 3)} J a sample, as the ${source} count; ${idle}`;
}
