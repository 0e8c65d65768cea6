import type { TestScenario } from '../loadgen/settings/testSettings.js';
import { DetailLogFindings } from './checks/detailLogFindings.js';
import { checkKnown, identifyingFacts } from './checks/identity.js';
import { checkCounts, checkIssue, checkSeeds } from './checks/performanceRun.js';
import type { Finding } from './finding.js';
import type { Division } from './names.js';
import { type ModelRules, rulesOf } from './rules.js';

export interface PlannedPerformance {
  readonly division: Division;
  readonly network: string;
  readonly scenario: TestScenario;
  /** What the detail log would say of settings, system and data, by key. */
  readonly entries: Readonly<Record<string, unknown>>;
  /** Whether they name system and data; neither is checked otherwise. */
  readonly isSystemKnown: boolean;
}

/** What would rule out a performance test that has yet to be run: hours may be saved so. */
export function checkPlan({ division, network, scenario, entries, isSystemKnown }: PlannedPerformance): Finding[] {
  const model = rulesOf(network);
  const lines = Object.entries(entries).map(
    ([key, value]) => [key, [{ value, isError: false, isWarning: false, line: 0 }]] as const,
  );
  const log = DetailLogFindings.of(scenario, new Map(lines));
  checkSeeds(log);
  checkCounts(log, { scenario, model, audit: undefined });
  checkIssue(log, undefined);
  if (model !== undefined) log.equal('qsl_reported_total_count', String(model.sampleCount));
  const unknown = isSystemKnown ? checkIdentity(log, division, model) : [];
  return [...log.findings, ...unknown].map((finding) => ({ ...finding, line: null }));
}

function checkIdentity(log: DetailLogFindings, division: Division, model: ModelRules | undefined): Finding[] {
  const identity = identifyingFacts(log);
  return division === 'closed' && model !== undefined ? checkKnown(identity, model) : [];
}
