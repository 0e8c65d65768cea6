import { join } from 'node:path';
import { DETAIL_LOG_NAME } from '../../logs/detail/read.js';
import { detailLogSyntaxFaults } from '../../logs/detail/syntax.js';
import { LogValues } from '../../logs/detail/values.js';
import type { FindingCollector } from './findingCollector.js';

/** Of a run's folder. What the official scripts could not read of its detail log is a finding, as is that there is none. */
export function readDetailValues(findings: FindingCollector, folder: string): Promise<LogValues | undefined> {
  return findings.reading('settings', async () => {
    const values = await LogValues.read(folder);
    const file = join(folder, DETAIL_LOG_NAME);
    for (const { line, found, expected } of await detailLogSyntaxFaults(file))
      findings.add('settings', 'AUDIT_LOG_SYNTAX', `${file}:${line}: found ${found}, expected ${expected}`);
    return values;
  });
}
