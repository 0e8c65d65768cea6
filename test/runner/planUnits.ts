import { ALONE, FIRST, OWN_PROCESS } from './placement.js';

/** So many files share a process at most: those of a folder import much of the same. */
const FILES_A_UNIT = 8;

export interface TestPlan {
  /** Files of a process each, two processes at a time. */
  readonly together: readonly (readonly string[])[];
  /** One at a time, after all others. */
  readonly alone: readonly (readonly string[])[];
}

/** @param files paths in the folder of the tests, sorted */
export function planUnits(files: readonly string[]): TestPlan {
  const beside = files.filter((file) => !ALONE.has(file));
  const own = beside.filter((file) => OWN_PROCESS.has(file) || FIRST.includes(file));
  const shared = beside.filter((file) => !own.includes(file));
  const units = Array.from({ length: Math.ceil(shared.length / FILES_A_UNIT) }, (_, index) =>
    shared.slice(index * FILES_A_UNIT, (index + 1) * FILES_A_UNIT),
  );
  const first = FIRST.filter((file) => own.includes(file));
  const others = own.filter((file) => !first.includes(file));
  return {
    together: [...first.map((file) => [file]), ...others.map((file) => [file]), ...units],
    alone: files.filter((file) => ALONE.has(file)).map((file) => [file]),
  };
}
