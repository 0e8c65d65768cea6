import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LoadGenError } from '../../base/errors.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { configCopies } from '../../runs/configCopies.js';
import { MLPERF_CONF, RUN_JSON } from '../../runs/layout.js';
import { type RunRequest, readRepeatableRun } from '../../runs/runJson.js';

export interface WantedRun {
  readonly network: string;
  readonly reportedSutName: string;
  readonly request: RunRequest;
  readonly confs: ConfigPaths;
  /** Digest of the data set, once it has been opened. */
  readonly datasetSha256: string;
}

/**
 * The config files to resume with: the copies in the folder if a run was started there, else the wanted ones.
 *
 * @throws SUBMIT_OTHER_RUN with every difference, if the folder holds another run
 */
export async function configForResume(runFolder: string, wanted: WantedRun): Promise<ConfigPaths> {
  if (!existsSync(join(runFolder, RUN_JSON))) return wanted.confs;
  const made = await readRepeatableRun(runFolder);
  const kept = configCopies(runFolder);
  const differences = [
    ...difference('--network', made.network, wanted.network),
    ...difference('--sut', made.sut, wanted.reportedSutName),
    ...difference('data set of digest', made.dataset.sha256, wanted.datasetSha256),
    ...(made.quick ? ['found a run made with --quick'] : []),
    ...differencesOfRequest(made.request, wanted.request),
    ...(textOf(kept.mlperfConf) === textOf(wanted.confs.mlperfConf) ? [] : [`found another ${MLPERF_CONF}`]),
  ];
  // Without a user.conf, the kept one counts, which may be that of the measured rates. Another one is fine: what was run
  // with other settings is run again.
  if (differences.length === 0) return { ...wanted.confs, userConf: wanted.confs.userConf ?? kept.userConf };
  throw new LoadGenError(
    'SUBMIT_OTHER_RUN',
    `${runFolder} holds a run that was made otherwise:\n  ${differences.join('\n  ')}`,
    {
      hint: 'Choose another folder with --output, or give the options that the run was started with.',
    },
  );
}

function differencesOfRequest(made: RunRequest, wanted: RunRequest): string[] {
  if (isDeepStrictEqual(made, wanted)) return [];
  const wantedValues = new Map<string, unknown>(Object.entries(wanted));
  return Object.entries(made).flatMap(([key, value]) => difference(key, value, wantedValues.get(key)));
}

function difference(what: string, found: unknown, expected: unknown): string[] {
  return found === expected ? [] : [`${what}: found ${String(found)}, expected ${String(expected)}`];
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
