import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { deriveEffectiveSettings, type TestScenario } from '../../loadgen/index.js';
import { effectiveSettingsInLog } from '../../loadgen/logs/settingsEntries.js';
import type { LibraryFacts } from '../../loadgen/querySampleLibrary.js';
import { readRun } from '../../reports/figures/measureRun.js';
import type { MeasuredTest } from '../../reports/figures/measureTest.js';
import { ACCURACY_TEXT } from '../../runs/layout.js';
import type { AuditName } from '../../submission/audits/audits.js';
import type { Network } from '../../sut/networks/network.js';
import { verifyAudit } from '../audit/runAudit.js';
import type { PlannedTest } from '../benchmark/planTests.js';

/** Where tests of a submission lie, and what they are of. */
export interface SubmittedTests {
  readonly runFolder: string;
  readonly network: Network;
  readonly library: LibraryFacts;
}

/**
 * Whether a test's logs are there, whole, and good enough for a submission; those of a performance test also have to be
 * of its settings as they are now, and an accuracy has to be at the benchmark's threshold.
 */
export async function isTestComplete(
  { runFolder, library, network }: SubmittedTests,
  { folder, mode, settings }: PlannedTest,
): Promise<boolean> {
  const found = await readIfWhole(join(runFolder, folder));
  if (found === undefined || found.test.mode !== mode || found.test.errorMessages.length > 0) return false;
  if (mode === 'AccuracyOnly') {
    const { threshold } = network.decision;
    const isJudged = found.accuracy?.threshold === threshold && found.accuracy.benchmarkThreshold === threshold;
    const isWhole = existsSync(join(runFolder, folder, ACCURACY_TEXT)) && Number.isFinite(found.accuracy?.accuracy);
    return isJudged && isWhole && found.test.validity !== 'INVALID';
  }
  const wanted = effectiveSettingsInLog(deriveEffectiveSettings(settings, library));
  const logged = found.test.settings;
  const isOfSettings = Object.entries(wanted).every(
    ([key, value]) => logged[key.replace(/^effective_/, '')] === String(value),
  );
  return isOfSettings && found.test.validity === 'VALID';
}

/** Whether an audit's logs verify, and their verdict is beside them: that of an earlier audit is not. */
export async function isAuditComplete(runFolder: string, scenario: TestScenario, name: AuditName): Promise<boolean> {
  const folder = join(runFolder, scenario, name);
  try {
    const { verdict, texts } = await verifyAudit(runFolder, scenario, name);
    return verdict === 'PASS' && Object.entries(texts).every(([file, text]) => isText(join(folder, file), text));
  } catch (thrown) {
    if (thrown instanceof LoadGenError) return false;
    throw thrown;
  }
}

function isText(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

/** Undefined where there are no logs, or not whole ones. */
async function readIfWhole(folder: string): Promise<MeasuredTest | undefined> {
  try {
    return (await readRun(folder)).tests[0];
  } catch (thrown) {
    if (thrown instanceof LoadGenError) return undefined;
    throw thrown;
  }
}
