/** Reads the values of config keys: in which unit, within which bounds, into which field of `TestSettings`. */
import type { TestSettings } from './testSettings.js';

/** Sets the value, or returns what is wrong with it. */
export type ApplyValue = (settings: TestSettings, value: string) => string | undefined;

type FieldOf<T> = { [K in keyof TestSettings]: TestSettings[K] extends T ? K : never }[keyof TestSettings];

const MAX_SEED = 2n ** 64n - 1n;
const NS_PER_MS = 1e6;
/** The official LoadGen keeps nanoseconds in 64 bits. */
const MAX_LATENCY_MS = Math.floor(2 ** 64 / NS_PER_MS);

export function count(field: FieldOf<number>, minimum = 0): ApplyValue {
  return (settings, value) => {
    const parsed = parseCount(value, minimum);
    if (typeof parsed === 'string') return parsed;
    settings[field] = parsed;
    return undefined;
  };
}

export function extension(key: string, minimum = 0): ApplyValue {
  return (settings, value) => {
    const parsed = parseCount(value, minimum);
    if (typeof parsed === 'string') return parsed;
    settings.extensions = { ...settings.extensions, [key]: parsed };
    return undefined;
  };
}

export function flag(field: FieldOf<boolean>): ApplyValue {
  return (settings, value) => {
    if (value !== '0' && value !== '1') return 'expected 0 or 1';
    settings[field] = value === '1';
    return undefined;
  };
}

export function seed(field: FieldOf<bigint>): ApplyValue {
  return (settings, value) => {
    const fault = faultOfInteger(value);
    if (fault !== undefined) return fault;
    const parsed = BigInt(value);
    if (parsed > MAX_SEED) return `expected at most ${MAX_SEED}`;
    settings[field] = parsed;
    return undefined;
  };
}

export function percent(field: FieldOf<number>): ApplyValue {
  return real(field, 0.01, (parsed) => (parsed <= 100 ? undefined : 'expected a percentage from 0 to 100'));
}

/** Without a field, the value is checked and has no effect; so with the next two. */
export function targetPercentile(field?: FieldOf<number>): ApplyValue {
  // Multiplied, not divided, as the official LoadGen does: the last bit may differ.
  return real(field, 0.01, (parsed) =>
    parsed > 0 && parsed < 100 ? undefined : 'expected a percentile between 0 and 100, both excluded',
  );
}

export function expectedLatencyMs(field?: FieldOf<number>): ApplyValue {
  return real(field, NS_PER_MS, (parsed) =>
    parsed * NS_PER_MS >= 1 && parsed <= MAX_LATENCY_MS
      ? undefined
      : `expected a latency in milliseconds from 0.000001 to ${MAX_LATENCY_MS}`,
  );
}

export function queriesPerSecond(field?: FieldOf<number>): ApplyValue {
  return real(field, 1, (parsed) =>
    parsed > 0 && parsed <= 1e9 ? undefined : 'expected queries per second, above 0 and at most 1000000000',
  );
}

/** A bound on latency is a whole number of milliseconds, unlike an expected latency. */
export function latencyBoundMs(field: FieldOf<number>): ApplyValue {
  return (settings, value) => {
    const parsed = parseCount(value, 0);
    if (typeof parsed === 'string') return parsed;
    settings[field] = parsed * NS_PER_MS;
    return undefined;
  };
}

/** A number that is checked and has no effect. */
export const numberWithoutEffect: ApplyValue = real(undefined, 1, () => undefined);

function real(
  field: FieldOf<number> | undefined,
  factor: number,
  faultOf: (parsed: number) => string | undefined,
): ApplyValue {
  return (settings, value) => {
    const parsed = Number(value);
    if (!/^[0-9.]+([eE][+-]?\d+)?$/.test(value) || !Number.isFinite(parsed)) return 'expected a number of 0 or more';
    const fault = faultOf(parsed);
    if (fault === undefined && field !== undefined) settings[field] = parsed * factor;
    return fault;
  };
}

function parseCount(value: string, minimum: number): number | string {
  const fault = faultOfInteger(value);
  if (fault !== undefined) return fault;
  const parsed = Number(value);
  if (parsed < minimum) return `expected at least ${minimum}`;
  return Number.isSafeInteger(parsed) ? parsed : `expected at most ${Number.MAX_SAFE_INTEGER}`;
}

/** The official LoadGen reads with `strtoull`, base 0: a leading 0 means octal, and 1e3 means 1. */
function faultOfInteger(value: string): string | undefined {
  if (/^(0|[1-9]\d*|0[xX][0-9a-fA-F]+)$/.test(value)) return undefined;
  if (/^0\d+$/.test(value))
    return 'expected an integer without leading zeros, which the official LoadGen reads as octal';
  return 'expected an integer of 0 or more, in digits only';
}
