import type { InitResult } from '../../submission/index.js';

/** What was made of a submission's tree, and what a person has to fill in. */
export function initText({ created, kept, open, systemFile }: InitResult): string {
  return [
    ...created.map((path) => `${path}: written`),
    ...kept.map((path) => `${path}: kept as it is`),
    ...(open.length === 0 ? [] : ['', `Fill in ${systemFile}:`]),
    ...open.map(({ key, expected }) => `  ${key}: ${expected}`),
  ].join('\n');
}
