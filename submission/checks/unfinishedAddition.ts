import { LOCK_NAME } from '../../platform/node/lock.js';
import { EARLIER_SUFFIX } from '../../platform/node/replaceFolder.js';
import { ADDING_SUFFIX } from '../../runs/layout.js';
import { type Finding, newFinding } from '../finding.js';
import { MODEL_FOLDER, type TreeEntry } from '../tree.js';

type Entries = ReadonlyMap<string, TreeEntry>;

export interface FinishedPart {
  readonly findings: readonly Finding[];
  /** All but what `addRun` has in a tree while it works. */
  readonly entries: Entries;
}

/** Of a run that is being added, or whose addition was killed, some scenarios may be there, and others as they were. */
export function setUnfinishedApart(entries: Entries): FinishedPart {
  const unfinished = [...entries.keys()].filter(isUnfinished);
  const isInside = (path: string) => unfinished.some((one) => path === one || path.startsWith(`${one}/`));
  return {
    findings: unfinished.map((path) =>
      newFinding(
        path,
        'an unfinished "loadgen submission add"',
        'a finished one: wait for it, or, if it was killed, run it again',
      ),
    ),
    entries: new Map([...entries].filter(([path]) => !isInside(path))),
  };
}

/** Whether it is the lock, or a folder that is to take a scenario's place, or had it before. */
function isUnfinished(path: string): boolean {
  if (path === LOCK_NAME) return true;
  const isAside = [ADDING_SUFFIX, EARLIER_SUFFIX].some((suffix) => path.endsWith(suffix));
  return isAside && MODEL_FOLDER.test(path.slice(0, path.lastIndexOf('/')));
}
