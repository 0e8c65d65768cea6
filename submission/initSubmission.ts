import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { makeFolder, writing } from '../platform/node/files.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { writeWhole } from '../platform/node/wholeFile.js';
import { checkNames } from './names.js';
import { describeSystem, type MachineFacts, openKeys, systemDescriptionSchema } from './systemDescription.js';
import { type ResultLocation, refuseLinks, submitterFolder, systemFile } from './tree.js';

const SOURCE_TEXT = `# Source

The benchmark was run with sphereface-loadgen, an MLPerf-style LoadGen in TypeScript (Apache-2.0): LoadGen, query sample
library, systems under test and reports are in that package. Its version stands in each system description, the command
of each run in the README.md beside its measurements.json.

Put here, or link to, what else the systems under test were made of, such as plugins.
`;

export interface InitRequest extends ResultLocation {
  /** The tree's folder, made if it is not there. */
  readonly tree: string;
  readonly machine: MachineFacts;
}

export interface InitResult {
  /** Relative to the tree. */
  readonly systemFile: string;
  readonly created: readonly string[];
  readonly kept: readonly string[];
  /** What a person has to fill in. */
  readonly open: readonly { readonly key: string; readonly expected: string }[];
}

/**
 * Makes a submission tree, or adds a division, a submitter or a system to one. What is there already stays as it is.
 *
 * @throws LoadGenError `SUBMISSION_NAME`, `SUBMISSION_LINK`, `SUBMISSION_WRITE`, `SUBMISSION_SYSTEM`
 */
export async function initSubmission({ tree, machine, ...location }: InitRequest): Promise<InitResult> {
  checkNames({ submitter: location.submitter, system: location.system });
  const files = {
    [systemFile(location)]: `${JSON.stringify(describeSystem(location, machine), undefined, 2)}\n`,
    [`${submitterFolder(location)}/src/README.md`]: SOURCE_TEXT,
  };
  for (const path of Object.keys(files)) await refuseLinks(tree, path);
  const created = Object.keys(files).filter((path) => !existsSync(join(tree, path)));
  for (const [path, text] of Object.entries(files)) if (created.includes(path)) await writeTreeFile(tree, path, text);
  const kept = Object.keys(files).filter((path) => !created.includes(path));
  const described = await readJsonFile(join(tree, systemFile(location)), systemDescriptionSchema);
  if ('fault' in described) {
    throw new LoadGenError('SUBMISSION_SYSTEM', `${join(tree, systemFile(location))}: ${described.fault}`, {
      hint: 'Correct the file, or remove it: this command writes it again.',
    });
  }
  return { systemFile: systemFile(location), created, kept, open: openKeys(described.content) };
}

export async function writeTreeFile(tree: string, path: string, text: string): Promise<void> {
  const file = join(tree, path);
  await writing('SUBMISSION_WRITE', file, async () => {
    makeFolder(dirname(file));
    await writeWhole(file, text);
  });
}
