import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { TEST_SCENARIOS, type TestScenario } from '../loadgen/settings/testSettings.js';
import { ACCURACY_LOG_NAME } from '../logs/accuracy/read.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { withLockedFolder } from '../platform/node/lock.js';
import { readLogValues } from '../platform/node/openLog.js';
import { ACCURACY_TEXT, MLPERF_CONF, PERFORMANCE_FOLDER, USER_CONF } from '../runs/layout.js';
import { auditsOf } from './audits/audits.js';
import { checkRun } from './checkRun.js';
import type { IdentifyingFacts } from './checks/identity.js';
import { chooseSystem, type LocationChoice } from './chooseSystem.js';
import { type Finding, faultsIn, findingText } from './finding.js';
import { writeTreeFile } from './initSubmission.js';
import { measurementsOf } from './measurements.js';
import { readmeText } from './readmeText.js';
import { readSubmittedRun, type SubmittedRun } from './readSubmittedRun.js';
import { type NewFile, type NewFolder, replaceFolders } from './replaceFolders.js';
import { accuracyLogs, copiedFiles, MEASUREMENTS, README } from './scenarioLayout.js';
import { systemDescriptionSchema } from './systemDescription.js';
import { modelFolder, type ResultLocation, refuseLinks, systemFile } from './tree.js';
import { truncateAccuracyLog, withHashLine } from './truncateAccuracyLog.js';

const AUDIT_TEXT = 'The digest of the whole log of answers that the run of TEST01 left:\n';
const NO_USER_CONF = `# There was no ${USER_CONF}: all settings are the benchmark's, in ${MLPERF_CONF}.\n`;

export interface AddRequest extends LocationChoice {
  readonly tree: string;
  /** What `loadgen run` left, with the folders of the compliance tests for the closed division. */
  readonly runFolder: string;
  /** Names that may not be published, such as the host's and the user's. */
  readonly privateNames: readonly string[];
  /** When aborted before all is written, the tree stays as it was. */
  readonly signal?: AbortSignal;
}

export interface AddResult extends ResultLocation {
  readonly network: string;
  readonly scenarios: readonly TestScenario[];
  /** Relative to the tree. */
  readonly folders: readonly string[];
}

/**
 * Copies a finished run into a submission tree: its logs, measurements.json, settings and a README for each scenario.
 * What was there of the same scenario, model and system is replaced. A run with findings is refused as a whole.
 *
 * @throws LoadGenError `SUBMISSION_SYSTEM`, `SUBMISSION_RUN` with all findings, `SUBMISSION_NAME`, `SUBMISSION_LINK`,
 *   `SUBMISSION_WRITE`, `FOLDER_LOCKED`; the signal's reason
 */
export async function addRun({ tree, runFolder, privateNames, signal, ...choice }: AddRequest): Promise<AddResult> {
  const location = await chooseSystem(tree, choice);
  const run = await readSubmittedRun(runFolder);
  const { findings, identities } = await checkRun(run, location.division, privateNames, signal);
  const faults = faultsIn(findings);
  if (faults.length > 0) throw runError(runFolder, faults);
  const folders: NewFolder[] = [];
  for (const [scenario, identity] of identities) {
    signal?.throwIfAborted();
    const path = `${modelFolder(location, run.network)}/${scenario}`;
    await refuseLinks(tree, path);
    folders.push({ path, files: await scenarioFiles(run, scenario, identity, location) });
  }
  await withLockedFolder('SUBMISSION_WRITE', tree, async () => {
    await replaceFolders(tree, folders, TEST_SCENARIOS, signal);
    await nameFramework(tree, location, [...identities.values()]);
  });
  const paths = folders.map(({ path }) => path);
  return { ...location, network: run.network, scenarios: run.scenarios, folders: paths };
}

function runError(runFolder: string, findings: readonly Finding[]): LoadGenError {
  const list = findings.map((finding) => `\n  ${findingText(finding)}`).join('');
  return new LoadGenError('SUBMISSION_RUN', `${runFolder} cannot be submitted:${list}`, {
    hint: 'Nothing was copied. Run again what is at fault.',
  });
}

async function scenarioFiles(
  run: SubmittedRun,
  scenario: TestScenario,
  identity: IdentifyingFacts,
  { division }: ResultLocation,
): Promise<Map<string, NewFile>> {
  const audits = auditsOf(division);
  const folder = resolve(run.folder, scenario);
  const files = new Map<string, NewFile>();
  for (const name of copiedFiles(audits)) files.set(name, { copyOf: join(folder, name) });
  for (const place of accuracyLogs(audits)) {
    const { content, sha256 } = await truncateAccuracyLog(join(folder, place.inRun, ACCURACY_LOG_NAME));
    files.set(`${place.folder}/${ACCURACY_LOG_NAME}`, content);
    const text =
      place.inRun === place.folder ? await readFile(join(folder, place.folder, ACCURACY_TEXT), 'utf8') : AUDIT_TEXT;
    files.set(`${place.folder}/${ACCURACY_TEXT}`, withHashLine(text, sha256));
  }
  files.set(MEASUREMENTS, `${JSON.stringify(measurementsOf(run.network, identity), undefined, 2)}\n`);
  const [userConf, mlperfConf] = [USER_CONF, MLPERF_CONF].map((name) => resolve(run.folder, name));
  const hasMlperfConf = mlperfConf !== undefined && existsSync(mlperfConf);
  files.set(USER_CONF, userConf !== undefined && existsSync(userConf) ? await userConfText(userConf) : NO_USER_CONF);
  if (hasMlperfConf) files.set(MLPERF_CONF, { copyOf: mlperfConf });
  files.set(README, await readme(run, scenario, identity, hasMlperfConf));
  return files;
}

/** Checkers refuse an empty file. */
async function userConfText(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  return text.trim() === '' ? NO_USER_CONF : text;
}

async function readme(
  { folder, network, request }: SubmittedRun,
  scenario: TestScenario,
  { dataset = '', datasetSha256 = '' }: IdentifyingFacts,
  hasMlperfConf: boolean,
): Promise<string> {
  const log = await readLogValues(join(folder, scenario, PERFORMANCE_FOLDER));
  const { name: _, ...configuration } = log.texts('sut_');
  return readmeText({ network, request, scenario, dataset, datasetSha256, configuration, hasMlperfConf });
}

/** Which framework computes is known from the first run; what a person wrote stays. */
async function nameFramework(
  tree: string,
  location: ResultLocation,
  facts: readonly IdentifyingFacts[],
): Promise<void> {
  const path = systemFile(location);
  const description = await readJsonFile(join(tree, path), systemDescriptionSchema);
  if ('fault' in description || (description.content.framework ?? '') !== '') return;
  const frameworks = new Set(
    facts.map(({ sut, engine, engineVersion }) => [engine ?? sut, engineVersion].join(' ').trim()),
  );
  const framework = [...frameworks].join(', ');
  await writeTreeFile(tree, path, `${JSON.stringify({ ...description.content, framework }, undefined, 2)}\n`);
}
