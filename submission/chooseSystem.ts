import { LoadGenError } from '../base/errors.js';
import { checkNames, type Division } from './names.js';
import { listSystems, listTree, type ResultLocation } from './tree.js';

/** What narrows down whose results are meant. */
export interface LocationChoice {
  readonly division?: Division | undefined;
  readonly submitter?: string | undefined;
  readonly system?: string | undefined;
}

/** The one system that a tree describes, or the one chosen. Throws `SUBMISSION_SYSTEM` where there is not exactly one. */
export async function chooseSystem(tree: string, choice: LocationChoice): Promise<ResultLocation> {
  const { submitter = 'any', system = 'any' } = choice;
  checkNames({ submitter, system });
  const described = listSystems(await listTree(tree));
  const chosen = described.filter(
    (location) =>
      (choice.division ?? location.division) === location.division &&
      (choice.submitter ?? location.submitter) === location.submitter &&
      (choice.system ?? location.system) === location.system,
  );
  const [first] = chosen;
  if (first !== undefined && chosen.length === 1) return first;
  const list = described.map((location) => `${location.division}, ${location.submitter}, ${location.system}`);
  const found = chosen.length === 0 ? 'none that was chosen' : `${chosen.length} that may be meant`;
  throw new LoadGenError(
    'SUBMISSION_SYSTEM',
    `${tree} describes ${described.length} systems, and ${found}; expected one${list.map((line) => `\n  ${line}`).join('')}`,
    {
      hint:
        chosen.length === 0
          ? 'Describe it first with "loadgen submission init".'
          : 'Choose with --division, --submitter and --system.',
    },
  );
}
