import type { LogValues } from '../../logs/detail/values.js';
import { readLogValues } from '../../platform/node/openLog.js';
import type { FindingCollector } from './findingCollector.js';

/** Reads a test's detail log. A missing log is a finding, and so is each line that the official scripts cannot read. */
export function readDetailValues(findings: FindingCollector, folder: string): Promise<LogValues | undefined> {
  return findings.reading('settings', async () => {
    const values = await readLogValues(folder);
    const { file, syntaxFaults } = values.log;
    for (const { line, found, expected } of syntaxFaults)
      findings.add('settings', 'AUDIT_LOG_SYNTAX', `${file}:${line}: found ${found}, expected ${expected}`);
    return values;
  });
}
