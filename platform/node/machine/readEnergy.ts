/** The energy counters that may be read without rights beyond a user's: Linux's. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnergyFigures } from '../../../loadgen/platform.js';
import { namesIn, textOf } from './kernelFiles.js';

/** Long enough for counters that are brought up to date each millisecond; a battery's may need more. */
const IDLE_MS = 1000;

export interface EnergyReading {
  /** What is counted. */
  readonly source: 'processor packages' | 'processor sockets' | 'battery';
  /** By the counter's place; they count on, a battery's backwards. */
  readonly counters: ReadonlyMap<string, { readonly joules: number; readonly rangeJoules: number | undefined }>;
}

/**
 * Undefined where there is no counter that may be read.
 *
 * @param root holds the kernel's `sys`
 */
export function readEnergy(root = '/'): EnergyReading | undefined {
  return readPackages(root) ?? readSockets(root) ?? readBattery(root);
}

/** What the machine takes while nothing is asked of the system; undefined, and at once, where nobody counts it. */
export async function measureIdleWatts(): Promise<number | undefined> {
  const start = readEnergy();
  if (start === undefined) return undefined;
  const startedMs = performance.now();
  await sleep(IDLE_MS);
  const joules = joulesBetween(start, readEnergy());
  return joules === undefined ? undefined : (joules * 1000) / (performance.now() - startedMs);
}

/** Undefined where a counter is not in both readings, or a battery was charged. */
export function joulesBetween(start: EnergyReading | undefined, end: EnergyReading | undefined): number | undefined {
  if (start === undefined || end === undefined || start.source !== end.source) return undefined;
  let sum = 0;
  for (const [place, { joules, rangeJoules }] of end.counters) {
    const before = start.counters.get(place)?.joules;
    if (before === undefined) return undefined;
    const used = end.source === 'battery' ? before - joules : joules - before;
    // A counter that has reached its end begins anew.
    if (used < 0 && rangeJoules === undefined) return undefined;
    sum += used < 0 ? used + (rangeJoules ?? 0) : used;
  }
  return sum;
}

/** Undefined where no counter was read at both times. */
export function energyFigures(
  start: EnergyReading | undefined,
  end: EnergyReading | undefined,
  durationMs: number,
  idleWatts: number | undefined,
): EnergyFigures | undefined {
  const joules = joulesBetween(start, end);
  if (joules === undefined || end === undefined || !(joules > 0)) return undefined;
  const idleShare = idleWatts === undefined ? undefined : Math.min(1, (idleWatts * durationMs) / 1000 / joules);
  return { joules, idleShare, source: end.source };
}

/** Of powercap (RAPL), in microjoules; what a zone below another counts is in that one's. */
function readPackages(root: string): EnergyReading | undefined {
  const parent = 'sys/class/powercap';
  const zones = namesIn(`${root}/${parent}`).filter((zone) =>
    textOf(root, parent, zone, 'name')?.startsWith('package-'),
  );
  return reading(
    'processor packages',
    zones.map((zone) => [
      zone,
      scaled(textOf(root, parent, zone, 'energy_uj'), 1e-6),
      scaled(textOf(root, parent, zone, 'max_energy_range_uj'), 1e-6),
    ]),
  );
}

/** Of hwmon, in microjoules, such as amd_energy's. */
function readSockets(root: string): EnergyReading | undefined {
  const parent = 'sys/class/hwmon';
  const places = namesIn(`${root}/${parent}`).flatMap((device) =>
    namesIn(`${root}/${parent}/${device}`)
      .filter((name) => /^energy\d+_label$/.test(name) && /socket/i.test(textOf(root, parent, device, name) ?? ''))
      .map((name) => `${device}/${name.replace('_label', '_input')}`),
  );
  return reading(
    'processor sockets',
    places.map((place) => [place, scaled(textOf(root, parent, place), 1e-6), undefined]),
  );
}

/** In microwatt-hours, while it gives power. */
function readBattery(root: string): EnergyReading | undefined {
  const parent = 'sys/class/power_supply';
  const batteries = namesIn(`${root}/${parent}`).filter(
    (name) =>
      textOf(root, parent, name, 'type') === 'Battery' && textOf(root, parent, name, 'status') === 'Discharging',
  );
  return reading(
    'battery',
    batteries.map((name) => [name, scaled(textOf(root, parent, name, 'energy_now'), 3600e-6), undefined]),
  );
}

type Counter = readonly [place: string, joules: number | undefined, rangeJoules: number | undefined];

function reading(source: EnergyReading['source'], counters: readonly Counter[]): EnergyReading | undefined {
  const known = counters.flatMap(([place, joules, rangeJoules]) =>
    joules === undefined ? [] : [[place, { joules, rangeJoules }] as const],
  );
  return known.length === 0 ? undefined : { source, counters: new Map(known) };
}

function scaled(text: string | undefined, unit: number): number | undefined {
  return text !== undefined && /^\d{1,20}$/.test(text) ? Number(text) * unit : undefined;
}
