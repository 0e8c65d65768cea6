import { join } from 'node:path';
import { printable } from '../../base/text.js';
import type { TestScenario } from '../../loadgen/settings/testSettings.js';
import { DETAIL_LOG_NAME } from '../../logs/detail/read.js';
import { readBoundedText } from '../../platform/node/files.js';
import { ACCURACY_TEXT } from '../../runs/layout.js';
import { type Finding, newFinding } from '../finding.js';
import { accuracyTarget, type ModelRules } from '../rules.js';
import { type CheckedFolder, DetailLogFindings } from './detailLogFindings.js';
import { type IdentifyingFacts, identifyingFacts, referenceOf } from './identity.js';
import { type CheckedTest, checkCommon } from './performanceRun.js';
import { checkSummaryAgrees } from './summaryAgrees.js';

export const MAX_ACCURACY_TEXT_BYTES = 1 << 22;
/** Thresholds may be derived from others, and their last digits may differ. */
const THRESHOLD_TOLERANCE = 1e-9;
const FIRST_LINE = /^accuracy=([\d.]{1,20})%, good=(\d{1,9}), total=(\d{1,9})$/;

export interface AccuracyRules {
  readonly scenario: TestScenario;
  readonly model: ModelRules | undefined;
  /** Whether the target must be reached, as in the closed division. */
  readonly mustReachTarget: boolean;
}

/** Checks an accuracy run's detail log and accuracy.txt: all samples, no errors, and accurate enough. */
export async function checkAccuracyRun(folder: CheckedFolder, rules: AccuracyRules): Promise<CheckedTest> {
  const log = await DetailLogFindings.read(folder, DETAIL_LOG_NAME);
  if (!(log instanceof DetailLogFindings)) {
    return { findings: [log, ...(await checkAccuracyText(folder, rules, undefined))], identity: undefined };
  }
  log.equal('effective_test_mode', 'AccuracyOnly');
  log.equal('effective_scenario', rules.scenario);
  checkCommon(log);
  // An aborted accuracy run has a verdict; a complete one has none.
  log.not('result_validity', 'INVALID', 'a run that was not aborted');
  if (rules.model !== undefined) {
    log.equal('effective_accuracy_sample_count', String(rules.model.sampleCount));
    log.equal('qsl_reported_total_count', String(rules.model.sampleCount));
  }
  const identity = identifyingFacts(log);
  const beside = [...(await checkSummaryAgrees(folder, log)), ...(await checkAccuracyText(folder, rules, identity))];
  return { findings: [...log.findings, ...beside], identity };
}

async function checkAccuracyText(
  { path, shown }: CheckedFolder,
  { model, mustReachTarget }: AccuracyRules,
  identity: IdentifyingFacts | undefined,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (line: number | null, key: string | null, found: string, expected: string) => {
    findings.push(newFinding(`${shown}/${ACCURACY_TEXT}`, found, expected, { line, key }));
  };
  const lines = await linesOf(join(path, ACCURACY_TEXT));
  if (typeof lines === 'string') {
    add(null, null, lines, 'the accuracy of the run');
    return findings;
  }
  const [, percent, good, total] = FIRST_LINE.exec(lines[0] ?? '') ?? [];
  if (percent === undefined || Math.abs((100 * Number(good)) / Number(total) - Number(percent)) > 0.001) {
    add(1, 'accuracy', `"${printable(lines[0] ?? '', 80)}"`, 'accuracy=N%, good=N, total=N, which agree');
    return findings;
  }
  if (model === undefined) return findings;
  if (Number(total) !== model.sampleCount) add(1, 'total', String(total), String(model.sampleCount));
  const threshold = /^threshold=([\d.]{1,30})$/.exec(lines[1] ?? '')?.[1];
  if (threshold === undefined || Math.abs(Number(threshold) - model.threshold) > THRESHOLD_TOLERANCE) {
    add(2, 'threshold', threshold ?? 'none', String(model.threshold));
  }
  const target = mustReachTarget ? targetFor(model, identity) : undefined;
  if (target !== undefined && Number(percent) < target.percent) add(1, 'accuracy', `${percent} %`, target.text);
  return findings;
}

/** Undefined for data without a reference. */
function targetFor(model: ModelRules, identity: IdentifyingFacts | undefined) {
  const reference = identity === undefined ? undefined : referenceOf(identity, model);
  if (reference === undefined) return undefined;
  const percent = accuracyTarget(model, reference);
  const what = `99 % of the reference, ${reference.correctCount} of ${model.sampleCount}`;
  return { percent, text: `at least ${percent.toFixed(3)} % (${what})` };
}

/** The file's lines, or what is wrong with it. */
async function linesOf(file: string): Promise<string[] | string> {
  const read = await readBoundedText(file, MAX_ACCURACY_TEXT_BYTES);
  return 'fault' in read ? read.fault : read.text.split(/\r?\n/);
}
