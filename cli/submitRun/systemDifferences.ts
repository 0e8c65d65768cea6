import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { readLogValues } from '../../platform/node/openLog.js';
import { findLogFolders } from '../../runs/findLogFolders.js';
import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';

/** In what a run differs from the one that is wanted. */
export interface Difference {
  readonly text: string;
  /** The option as it was typed or `without` it; undefined where it cannot be had back. */
  readonly former?: string;
}

/** More than a run's folder has, with those of its compliance tests. */
const MAX_FOLDERS = 1000;

/**
 * In what the tests of a run were made with another system than this one, although its options are the same: a model's
 * file may have changed, or the engine's version. Tests whose logs are not whole are made again, and do not count.
 *
 * @param ownModel whether the model's file is an option
 */
export async function systemDifferences(
  runFolder: string,
  configuration: SystemConfiguration,
  ownModel: boolean,
): Promise<Difference[]> {
  const { folders } = await findLogFolders(runFolder, MAX_FOLDERS);
  for (const folder of folders) {
    const logged = await loggedSystem(join(runFolder, folder));
    const made = logged === undefined ? [] : differences(logged, configuration, ownModel);
    if (made.length > 0) return made;
  }
  return [];
}

async function loggedSystem(logDir: string): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    return (await readLogValues(logDir)).texts('sut_');
  } catch (thrown) {
    if (thrown instanceof LoadGenError) return undefined;
    throw thrown;
  }
}

function differences(
  { engine_version: version, model_sha256: model, weights_sha256: weights }: Readonly<Record<string, string>>,
  { engineVersion, modelSha256, weightsSha256 }: SystemConfiguration,
  ownModel: boolean,
): Difference[] {
  const found: Difference[] = [];
  // An engine may take other files of the same weights for another batch.
  const isOfWeights = weights !== undefined && weightsSha256 !== undefined;
  const [made, now] = isOfWeights ? [weights, weightsSha256] : [model, modelSha256];
  if (made !== undefined && now !== undefined && made !== now) {
    const text = `made with one of digest ${made}, now ${now}`;
    found.push(ownModel ? { text: `--model: ${text}`, former: 'the former --model' } : { text: `the model: ${text}` });
  }
  if (version !== undefined && engineVersion !== undefined && version !== engineVersion)
    found.push({ text: `the engine's version: made with ${version}, now ${engineVersion}` });
  return found;
}
