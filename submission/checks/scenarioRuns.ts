import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestScenario } from '../../reports/scenarios.js';
import { AUDIT_NAMES } from '../audits/audits.js';
import type { Finding } from '../finding.js';
import type { Division } from '../names.js';
import { rulesOf } from '../rules.js';
import { checkAccuracyRun } from './accuracyRun.js';
import { checkAudit } from './auditRun.js';
import type { CheckedFolder } from './detailLogFindings.js';
import { checkKnown, checkSameInScenario, type IdentifyingFacts } from './identity.js';
import { type CheckedTest, checkPerformanceRun } from './performanceRun.js';

export interface CheckedScenario {
  readonly findings: readonly Finding[];
  /** Of its accuracy test: that of the others is the same, or there is a finding. */
  readonly identity: IdentifyingFacts | undefined;
}

/** All tests of a scenario, in the folders of a run or of a submission, which are laid out alike. */
export async function checkScenarioRuns(
  folder: CheckedFolder,
  { division, network, scenario }: { division: Division; network: string; scenario: TestScenario },
): Promise<CheckedScenario> {
  const model = rulesOf(network);
  const at = (...names: string[]) => ({ path: join(folder.path, ...names), shown: [folder.shown, ...names].join('/') });
  const isClosed = division === 'closed';
  const accuracy = await checkThere(at('accuracy'), 'an accuracy test', (test) =>
    checkAccuracyRun(test, { scenario, model, mustReachTarget: isClosed }),
  );
  const tests = [
    accuracy,
    await checkThere(at('performance', 'run_1'), 'a performance test', (test) =>
      checkPerformanceRun(test, { scenario, model, audit: undefined }),
    ),
  ];
  for (const audit of isClosed ? AUDIT_NAMES : []) {
    tests.push(
      await checkThere(at(audit), `compliance test ${audit}`, (test) => checkAudit(test, audit, { scenario, model })),
    );
  }
  const identities = tests.flatMap(({ identity }) => (identity === undefined ? [] : [identity]));
  const findings = [...tests.flatMap((test) => test.findings), ...checkSameInScenario(identities)];
  if (isClosed && model !== undefined) findings.push(...identities.flatMap((facts) => checkKnown(facts, model)));
  return { findings, identity: accuracy.identity };
}

async function checkThere(
  folder: CheckedFolder,
  expected: string,
  check: (folder: CheckedFolder) => Promise<CheckedTest>,
): Promise<CheckedTest> {
  if (existsSync(folder.path)) return check(folder);
  const finding = { file: folder.shown, line: null, key: null, found: 'no such folder', expected };
  return { findings: [finding], identity: undefined };
}
