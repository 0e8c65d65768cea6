import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestScenario } from '../../loadgen/settings/testSettings.js';
import { ACCURACY_FOLDER, PERFORMANCE_FOLDER } from '../../runs/layout.js';
import { auditsOf } from '../audits/audits.js';
import { type Finding, newFinding } from '../finding.js';
import type { Division } from '../names.js';
import { rulesOf } from '../rules.js';
import { checkAccuracyRun } from './accuracyRun.js';
import { checkAudit } from './auditRun.js';
import type { CheckedFolder } from './detailLogFindings.js';
import { checkKnown, checkSameInScenario, type IdentifyingFacts } from './identity.js';
import { type CheckedTest, checkPerformanceRun } from './performanceRun.js';

export interface CheckedScenario {
  readonly findings: readonly Finding[];
  /** What its accuracy test ran. The other tests ran the same, or there is a finding. */
  readonly identity: IdentifyingFacts | undefined;
}

/** Checks all tests of a scenario, in a run's or a submission's folders: both have the same layout. */
export async function checkScenarioRuns(
  folder: CheckedFolder,
  { division, network, scenario }: { division: Division; network: string; scenario: TestScenario },
): Promise<CheckedScenario> {
  const model = rulesOf(network);
  const at = (...names: string[]) => ({ path: join(folder.path, ...names), shown: [folder.shown, ...names].join('/') });
  const isClosed = division === 'closed';
  const accuracy = await checkIfPresent(at(ACCURACY_FOLDER), 'an accuracy test', (test) =>
    checkAccuracyRun(test, { scenario, model, mustReachTarget: isClosed }),
  );
  const tests = [
    accuracy,
    await checkIfPresent(at(PERFORMANCE_FOLDER), 'a performance test', (test) =>
      checkPerformanceRun(test, { scenario, model, audit: undefined }),
    ),
  ];
  for (const audit of auditsOf(division)) {
    tests.push(
      await checkIfPresent(at(audit), `compliance test ${audit}`, (test) =>
        checkAudit(test, audit, { scenario, model }),
      ),
    );
  }
  const identities = tests.flatMap(({ identity }) => (identity === undefined ? [] : [identity]));
  const findings = [...tests.flatMap((test) => test.findings), ...checkSameInScenario(identities)];
  if (isClosed && model !== undefined) findings.push(...identities.flatMap((facts) => checkKnown(facts, model)));
  return { findings, identity: accuracy.identity };
}

async function checkIfPresent(
  folder: CheckedFolder,
  expected: string,
  check: (folder: CheckedFolder) => Promise<CheckedTest>,
): Promise<CheckedTest> {
  if (existsSync(folder.path)) return check(folder);
  return { findings: [newFinding(folder.shown, 'no such folder', expected)], identity: undefined };
}
