import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { configCopies } from '../../runs/configCopies.js';
import type { RepeatableRun, RunRequest } from '../../runs/jsonFormats.js';
import { MLPERF_CONF, RUN_JSON } from '../../runs/layout.js';
import { requestOptions, typedOption } from '../../runs/requestOptions.js';
import { readRepeatableRun } from '../../runs/runJson.js';
import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import { MEASURED_RATES } from './expectedRates.js';
import { type Difference, systemDifferences } from './systemDifferences.js';

export interface WantedRun {
  readonly network: string;
  /** Undefined for a plugin that has yet to be asked for it. */
  readonly reportedSutName: string | undefined;
  readonly request: RunRequest;
  readonly confs: ConfigPaths;
  /** Digest of the data set; undefined if not all faces have been found. */
  readonly datasetSha256: string | undefined;
  /** Of the system; undefined if it has not been made. */
  readonly configuration: SystemConfiguration | undefined;
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
  const options = optionDifferences(made, wanted);
  const differences = [
    ...options,
    // Other options make other data and another system; these say something where they are the same.
    ...(options.length > 0 ? [] : dataDifferences(made, wanted.datasetSha256)),
    ...(options.length > 0 ? [] : await madeDifferences(runFolder, wanted)),
    ...(made.quick ? [{ text: '--quick: made with it, and submit-run does not have it' }] : []),
    ...(textOf(kept.mlperfConf) === textOf(wanted.confs.mlperfConf)
      ? []
      : [{ text: `${MLPERF_CONF}: made with another than this version has` }]),
  ];
  if (differences.length === 0) return { ...wanted.confs, userConf: userConfFor(wanted.confs.userConf, kept.userConf) };
  const list = differences.map(({ text }) => `\n  ${text}`).join('');
  throw new LoadGenError('SUBMIT_OTHER_RUN', `${runFolder} holds a run that was made with other options:${list}`, {
    hint: waysOut(runFolder, differences),
  });
}

/**
 * Without a user.conf, or with that of before, the kept one counts, which has the rates that were measured. Another one
 * is fine: what was run with other settings is run again.
 */
function userConfFor(given: string | undefined, kept: string | undefined): string | undefined {
  if (given === undefined || kept === undefined) return given ?? kept;
  const [before] = textOf(kept).split(MEASURED_RATES, 1);
  return before?.trimEnd() === textOf(given).trimEnd() ? kept : given;
}

function optionDifferences(made: RepeatableRun, wanted: WantedRun): Difference[] {
  const typed = requestOptions(made.network, made.request);
  const former = shownOptions(made.network, made.request, made.sut);
  // A plugin that has yet to say its name may be that of the run.
  const askedSut = wanted.reportedSutName ?? (made.request.sut === null ? made.sut : 'that is given');
  const asked = shownOptions(wanted.network, wanted.request, askedSut);
  const names = [...new Set([...former.keys(), ...asked.keys()])].filter(
    (name) => former.get(name) !== asked.get(name),
  );
  return names.map((name) => {
    const text = `${name}: made ${givenText(former.get(name))}, now ${givenText(asked.get(name))}`;
    if (name === '--unverified') return { text: `${text}, and submit-run does not have it` };
    const value = typed.get(name);
    return { text, former: value === undefined ? `without ${name}` : typedOption(name, value) };
  });
}

/** A plugin's path is not kept, but what it calls itself. */
function shownOptions(network: string, request: RunRequest, reportedSutName: string): Map<string, string> {
  const options = requestOptions(network, request);
  return request.sut === null ? options.set('--sut', `the plugin ${reportedSutName}`) : options;
}

function givenText(value: string | undefined): string {
  return value === undefined ? 'without it' : `with ${value || 'it'}`;
}

function dataDifferences({ request, dataset }: RepeatableRun, wantedSha256: string | undefined): Difference[] {
  if (wantedSha256 === undefined || wantedSha256 === dataset.sha256) return [];
  const option = request.ownPairsFile ? '--pairs-file' : '--dataset';
  const text = `${option}: made with images and pairs of digest ${dataset.sha256}, now ${wantedSha256}`;
  const isOwn = request.ownPairsFile || request.dataset === null;
  return [isOwn ? { text, former: `the former ${option}` } : { text }];
}

async function madeDifferences(
  runFolder: string,
  { configuration, request }: WantedRun,
): Promise<readonly Difference[]> {
  return configuration === undefined ? [] : systemDifferences(runFolder, configuration, request.ownModel);
}

function waysOut(runFolder: string, differences: readonly Difference[]): string {
  const former = differences.flatMap(({ former }) => former ?? []);
  const anew = `choose another folder with --output, or remove ${runFolder} to start anew.`;
  if (former.length < differences.length) return `It cannot go on: ${anew}`;
  return `To go on with it, repeat its options (${former.join(', ')}). Otherwise ${anew}`;
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
