/** Definitions of options for yargs, which infers an option's type from them. Spread one to add to it. */

/** A text or a path. */
export function text(describe: string) {
  return { type: 'string', describe } as const;
}

export function number(describe: string) {
  return { type: 'number', describe } as const;
}

/** Off unless it is given. */
export function flag(describe: string) {
  return { type: 'boolean', default: false, describe } as const;
}

/** One of `choices`. */
export function choice<Choice extends string>(choices: readonly Choice[], describe: string) {
  return { type: 'string', choices, describe } as const;
}

/** One or more of `choices`. */
export function list<Choice extends string>(choices: readonly Choice[], describe: string) {
  return { type: 'string', array: true, choices, describe } as const;
}

/** A positional text or path. */
export function argument(describe: string) {
  return { type: 'string', demandOption: true, describe } as const;
}
