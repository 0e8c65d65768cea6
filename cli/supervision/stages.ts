/** What a supervised process may be at, and what its supervisor makes of it. */
import { CLOSE_LIMIT_MS } from '../../sut/timeLimits.js';

/** Limits that the user sets. */
export interface StageLimits {
  /** How long the system may take to be created. */
  readonly startTimeoutMs: number;
  /** How long it may be silent while queries are out. */
  readonly responseTimeoutMs: number;
}

/**
 * `starting`: nothing was asked of the system that counts, so that a failure is the user's. `verifying` and `testing`: it
 * is the test's, and while testing the process itself can complete the logs. `closing`: the result is there.
 */
type Phase = 'starting' | 'verifying' | 'testing' | 'closing';

interface StageFacts {
  readonly phase: Phase;
  /** Ends a sentence on what happened. */
  readonly place: string;
  /** How long nothing may be heard of the process. */
  readonly limitMs: (limits: StageLimits) => number;
  /** What a person is told to wait for if it takes long. */
  readonly waitsFor?: string;
}

/** How long a process may take beyond the limits that it keeps itself. */
export const GRACE_MS = 5000;
const VERIFY_LIMIT_MS = 120_000;
/** For loading samples and for all warming up, in which answers come. */
const WARM_UP_MS = 20_000;
/** For what only this program does in there: reading samples, computing figures, writing logs. */
const ownWorkMs = () => 600_000;

/** In their order; `measure`, `wait` and `finish` may repeat. */
const STAGES = {
  open: { phase: 'starting', place: 'before the system under test was asked for anything', limitMs: ownWorkMs },
  create: {
    phase: 'starting',
    place: 'while the system under test was created',
    limitMs: ({ startTimeoutMs }) => startTimeoutMs,
    waitsFor: 'be created',
  },
  verify: {
    phase: 'verifying',
    place: 'while the system under test embedded the reference faces',
    limitMs: ({ responseTimeoutMs }) => Math.min(VERIFY_LIMIT_MS, responseTimeoutMs) + GRACE_MS,
    waitsFor: 'embed the reference faces',
  },
  prepare: { phase: 'testing', place: 'while samples were loaded', limitMs: ownWorkMs },
  warmUp: {
    phase: 'testing',
    place: 'while the system under test was warmed up',
    limitMs: ({ responseTimeoutMs }) => responseTimeoutMs + WARM_UP_MS + GRACE_MS,
  },
  measure: {
    phase: 'testing',
    place: 'while queries were out',
    limitMs: ({ responseTimeoutMs }) => responseTimeoutMs + GRACE_MS,
  },
  wait: { phase: 'testing', place: 'while other systems were measured', limitMs: ownWorkMs },
  finish: { phase: 'testing', place: 'while the logs were written', limitMs: ownWorkMs },
  close: {
    phase: 'closing',
    place: 'while the system under test was closed',
    limitMs: () => CLOSE_LIMIT_MS + GRACE_MS,
  },
} as const satisfies Readonly<Record<string, StageFacts>>;

export type Stage = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as [Stage, ...Stage[]];

export function stageFacts(stage: Stage): StageFacts {
  return STAGES[stage];
}
