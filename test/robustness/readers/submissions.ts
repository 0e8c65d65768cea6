import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { elementAt } from '../../../base/arrays.js';
import { addRun } from '../../../submission/addRun.js';
import { checkSubmission } from '../../../submission/checkSubmission.js';
import { checkSystemFile } from '../../../submission/checks/systemFile.js';
import { initSubmission } from '../../../submission/initSubmission.js';
import { listTree, systemFile } from '../../../submission/tree.js';
import { virtualRun } from '../../submission/virtualRun.js';
import type { DamagedReader } from '../damagedReader.js';

const LOCATION = { division: 'open', submitter: 'Example', system: 'box-1' } as const;

/** What a check refuses is a finding. */
export const submissionReaders: readonly DamagedReader[] = [
  {
    name: 'system-description',
    prepare: async (tree) => {
      await initSubmission({ tree, ...LOCATION, machine: {} });
      const file = join(tree, systemFile(LOCATION));
      return {
        originals: [readFileSync(file)],
        read: (content) => {
          writeFileSync(file, content);
          return checkSystemFile(tree, LOCATION);
        },
      };
    },
  },
  {
    name: 'submission-tree',
    prepare: async (folder) => {
      const [tree, runFolder] = [join(folder, 'tree'), join(folder, 'run')];
      await virtualRun(runFolder, { scenarios: ['SingleStream'], audits: false });
      await initSubmission({ tree, ...LOCATION, machine: {} });
      await addRun({ tree, runFolder, privateNames: [] });
      const entries = [...(await listTree(tree))].filter(([, { kind }]) => kind === 'file');
      const files = entries.map(([path]) => join(tree, path));
      const originals = files.map((file) => readFileSync(file));
      return {
        originals,
        read: async (content, original) => {
          const file = elementAt(files, original);
          writeFileSync(file, content);
          const { findings } = await checkSubmission({ tree, privateNames: ['hostname'] });
          writeFileSync(file, elementAt(originals, original));
          if (findings.some(({ found, expected }) => found === '' || expected === ''))
            throw new Error('an empty finding');
        },
      };
    },
  },
];
