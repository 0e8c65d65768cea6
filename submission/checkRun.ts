import { existsSync } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestScenario } from '../loadgen/settings/testSettings.js';
import { ACCURACY_LOG_NAME } from '../logs/accuracy/read.js';
import { computeAccuracy } from '../reports/accuracy/computeAccuracy.js';
import { accuracyText } from '../runs/accuracyText.js';
import { readJudging } from '../runs/judging.js';
import {
  ACCURACY_FOLDER,
  ACCURACY_TEXT,
  JUDGING_JSON,
  MLPERF_CONF,
  PAIRS_JSON,
  RUN_JSON,
  USER_CONF,
} from '../runs/layout.js';
import { readLabelledPairs } from '../runs/pairs.js';
import { AUDIT_NAMES, AUDITS, type AuditName, auditsOf } from './audits/audits.js';
import { checkConfigMatchesLog } from './checks/configMatchesLog.js';
import type { IdentifyingFacts } from './checks/identity.js';
import { checkScenarioRuns } from './checks/scenarioRuns.js';
import { checkText } from './checks/treeFiles.js';
import { type Finding, findingOfError, newFinding } from './finding.js';
import type { Division } from './names.js';
import type { SubmittedRun } from './readSubmittedRun.js';
import { MODELS_WITH_RULES, rulesOf } from './rules.js';
import { accuracyLogs, copiedFiles, MAX_FILE_BYTES } from './scenarioLayout.js';
import { findLink } from './tree.js';

export interface CheckedRun {
  readonly findings: readonly Finding[];
  /** What each scenario's accuracy test ran; a scenario without one has findings. */
  readonly identities: ReadonlyMap<TestScenario, IdentifyingFacts>;
}

/** Finds everything that keeps a run out of a submission, before any of it is copied. */
export async function checkRun(
  run: SubmittedRun,
  division: Division,
  privateNames: readonly string[],
  signal?: AbortSignal,
): Promise<CheckedRun> {
  const findings = checkNetwork(run, division);
  const identities = new Map<TestScenario, IdentifyingFacts>();
  const audits = auditsOf(division);
  const published = run.scenarios.flatMap((scenario) =>
    [...copiedFiles(audits), `${ACCURACY_FOLDER}/${ACCURACY_TEXT}`].map((name) => `${scenario}/${name}`),
  );
  const read = run.scenarios.flatMap((scenario) => readFiles(audits).map((name) => `${scenario}/${name}`));
  const copied = [USER_CONF, MLPERF_CONF, ...published];
  const unfit = [...(await checkRegular(run.folder, [...copied, ...read])), ...(await checkSizes(run.folder, copied))];
  if (unfit.length > 0) return { findings: [...findings, ...unfit], identities };
  for (const name of copied) {
    findings.push(...(await checkText(join(run.folder, name), name, privateNames)));
  }
  for (const scenario of run.scenarios) {
    signal?.throwIfAborted();
    const folder = { path: join(run.folder, scenario), shown: scenario };
    const checked = await checkScenarioRuns(folder, { division, network: run.network, scenario });
    findings.push(...checked.findings);
    if (checked.identity === undefined) continue;
    identities.set(scenario, checked.identity);
    findings.push(...(await checkConfigMatchesLog(run, scenario)));
    const judged = await checkJudgement(run, scenario);
    findings.push(...judged);
    // Audits are judged by the files beside the accuracy log.
    if (division === 'closed' && judged.length === 0) findings.push(...(await checkAudits(run, scenario)));
  }
  return { findings, identities };
}

/** A scenario's files that are read, but not copied as they are. */
function readFiles(audits: readonly AuditName[]): string[] {
  const ofAccuracy = [ACCURACY_TEXT, PAIRS_JSON, JUDGING_JSON].map((name) => `${ACCURACY_FOLDER}/${name}`);
  return [...ofAccuracy, ...accuracyLogs(audits).map(({ inRun }) => `${inRun}/${ACCURACY_LOG_NAME}`)];
}

/** Links lead elsewhere, and special files may never end. Missing files are reported where they are needed. */
async function checkRegular(runFolder: string, names: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of names) {
    const link = await findLink(runFolder, file);
    if (link !== undefined) {
      findings.push(newFinding(link, 'a link', 'what it points to'));
      continue;
    }
    const found = await lstat(join(runFolder, file)).catch(() => undefined);
    if (found === undefined || found.isFile()) continue;
    findings.push(newFinding(file, 'a folder or a special file', 'a regular file'));
  }
  return findings;
}

async function checkSizes(runFolder: string, names: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of names) {
    const bytes = (await lstat(join(runFolder, file)).catch(() => undefined))?.size ?? 0;
    if (bytes <= MAX_FILE_BYTES) continue;
    findings.push(newFinding(file, `${bytes} bytes`, `at most ${MAX_FILE_BYTES}`));
  }
  return findings;
}

function checkNetwork({ network }: SubmittedRun, division: Division): Finding[] {
  if (division === 'open' || rulesOf(network) !== undefined) return [];
  const expected = `one of ${MODELS_WITH_RULES.join(', ')} in the closed division`;
  return [newFinding(RUN_JSON, network, expected, { key: 'network' })];
}

/** Judges the answers again: a submission has only both ends of the log that accuracy.txt must agree with. */
async function checkJudgement({ folder, network }: SubmittedRun, scenario: TestScenario): Promise<Finding[]> {
  const logDir = join(folder, scenario, ACCURACY_FOLDER);
  const shown = `${scenario}/${ACCURACY_FOLDER}`;
  try {
    const [pairs, judging] = await Promise.all([readLabelledPairs(logDir), readJudging(logDir)]);
    const { featureValues, threshold } = judging;
    const expected = accuracyText(await computeAccuracy({ logDir, pairs, featureValues, threshold }));
    const findings: Finding[] = [];
    if (judging.network !== network) {
      const expected = `${network}, as in ${RUN_JSON}`;
      findings.push(newFinding(`${shown}/${JUDGING_JSON}`, judging.network, expected, { key: 'network' }));
    }
    // A missing one is already a finding.
    const text = await readFile(join(logDir, ACCURACY_TEXT), 'utf8').catch(() => expected);
    if (text !== expected) {
      const fromLog = `what the log gives: ${expected.split('\n')[0]}`;
      findings.push(newFinding(`${shown}/${ACCURACY_TEXT}`, 'another text', fromLog));
    }
    return findings;
  } catch (thrown) {
    return [findingOfError(shown, logDir, thrown, 'answers, pairs and threshold that can be judged again')];
  }
}

/** Verifies the audits again, from the complete logs, which a submission does not have. */
async function checkAudits({ folder }: SubmittedRun, scenario: TestScenario): Promise<Finding[]> {
  const scenarioFolder = join(folder, scenario);
  const findings: Finding[] = [];
  for (const name of AUDIT_NAMES.filter((audit) => existsSync(join(scenarioFolder, audit)))) {
    const auditFolder = join(scenarioFolder, name);
    const { featureValues, threshold } = await readJudging(join(scenarioFolder, ACCURACY_FOLDER));
    const result = await AUDITS[name].verify({ scenarioFolder, auditFolder, featureValues, threshold });
    if (result.verdict === 'PASS') continue;
    for (const { part, code, message } of result.findings) {
      const found = `${message.replaceAll(`${folder}/`, '')} (${code})`;
      findings.push(newFinding(`${scenario}/${name}`, found, 'an audit that passes', { key: part }));
    }
  }
  return findings;
}
