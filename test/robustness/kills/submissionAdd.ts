import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from '../../../platform/node/files.js';
import { LOCK_NAME } from '../../../platform/node/lock.js';
import { addRun } from '../../../submission/addRun.js';
import { checkSubmission } from '../../../submission/checkSubmission.js';
import { initSubmission } from '../../../submission/initSubmission.js';
import { start } from '../../cli/loadgen.js';
import { MACHINE, ORGANIZATION } from '../../submission/organization.js';
import { virtualRun } from '../../submission/virtualRun.js';
import { hasAppeared } from './hasAppeared.js';
import type { KilledCommand } from './killedCommand.js';

const MODEL = 'closed/Example/results/box-1/sphereface20';
const SCENARIOS = ['Offline', 'SingleStream'];

/** A later run takes the place of an earlier one in a tree. */
export const submissionAdd: KilledCommand = {
  name: 'submission-add',
  exitCodes: [0],
  repeats: true,
  prepare: async (folder) => {
    const tree = join(folder, 'tree');
    await initSubmission({ tree, division: 'closed', ...ORGANIZATION, machine: MACHINE });
    await virtualRun(join(folder, 'earlier'));
    await virtualRun(join(folder, 'later'), { wrongAnswers: 40 });
    await addRun({ tree, runFolder: join(folder, 'later'), privateNames: [] });
    cpSync(tree, join(folder, 'after'), { recursive: true });
    await addRun({ tree, runFolder: join(folder, 'earlier'), privateNames: [] });
    cpSync(tree, join(folder, 'before'), { recursive: true });
  },
  start: (cwd, env) => start(['submission', 'add', 'later', '--tree', 'tree'], { cwd, env }),
  hasBegun: (folder, running) => hasAppeared(join(folder, 'tree', LOCK_NAME), running),
  faultOfRest: async (folder) => {
    const names = readdirSync(join(folder, 'tree', MODEL));
    for (const scenario of SCENARIOS.filter((name) => names.includes(name))) {
      const found = digestOf(folder, 'tree', scenario);
      if (![digestOf(folder, 'before', scenario), digestOf(folder, 'after', scenario)].includes(found))
        return `${scenario} is neither as it was nor as it is to be`;
    }
    const { findings } = await checkSubmission({ tree: join(folder, 'tree'), privateNames: [] });
    const isNamed = findings.some(({ found }) => found.startsWith('an unfinished'));
    const isWhole = !existsSync(join(folder, 'tree', LOCK_NAME)) && names.join() === SCENARIOS.join();
    if (isWhole ? findings.length === 0 : isNamed) return undefined;
    return `${findings.length} findings, the first in ${findings[0]?.file}, in a tree with ${names.join()}`;
  },
  faultOfWhole: async (folder) => {
    const other = SCENARIOS.find((name) => digestOf(folder, 'tree', name) !== digestOf(folder, 'after', name));
    return other === undefined ? undefined : `${other} is not as it is to be`;
  },
};

/** Of the paths and bytes of all files in a scenario's folder. */
function digestOf(folder: string, tree: string, scenario: string): string | undefined {
  const path = join(folder, tree, MODEL, scenario);
  if (!existsSync(path)) return undefined;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).toSorted();
  return sha256Of(paths.map((file) => `${file.slice(path.length)} ${sha256Of(readFileSync(file))}\n`).join(''));
}
