import type { Warning } from '../comparison.js';
import type { GroupComparison } from './groupComparison.js';

/** The same warning of several runs of a group is one. The first `baseCount` runs are the baseline's. */
export function groupWarnings(ofRuns: readonly Warning[], baseCount: number): GroupComparison['warnings'] {
  const warnings = new Map<string, GroupComparison['warnings'][number]>();
  for (const { run, scenarios, code, message } of ofRuns) {
    const group = run < baseCount ? 0 : 1;
    const key = [group, code, message, ...scenarios].join('\n');
    const known = warnings.get(key);
    warnings.set(key, { group, runs: (known?.runs ?? 0) + 1, scenarios, code, message });
  }
  return [...warnings.values()];
}
