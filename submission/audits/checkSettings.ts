import type { LogValues } from '../../logs/detail/values.js';
import type { AuditSettings } from './audit.js';
import type { FindingCollector } from './findingCollector.js';

/**
 * That the audit's run had the settings of the audit and otherwise those of the run that is audited, and was of the same
 * system, data and LoadGen. Without that neither its answers nor its speed say anything of the run.
 */
export function checkSettings(
  findings: FindingCollector,
  run: LogValues,
  audit: LogValues,
  settings: AuditSettings,
): void {
  const found = audit.texts('effective_');
  for (const [name, expected] of Object.entries(settings)) {
    const value = found[name];
    if (value !== String(expected))
      findings.add('settings', 'AUDIT_SETTING', `effective_${name} ${value ?? 'not set'}; expected ${expected}`);
  }
  if (found.test_mode !== 'PerformanceOnly')
    findings.add('settings', 'AUDIT_MODE', `the audit's mode is ${found.test_mode}; expected PerformanceOnly`);
  for (const [key, value, expected] of differences(run.texts('effective_'), found)) {
    if (!(key in settings))
      findings.add('settings', 'AUDIT_OTHER_SETTINGS', `effective_${key} ${value}; the audited run's is ${expected}`);
  }
  checkSameSystem(findings, run, audit, "the audited run's");
}

/** Keys of one value in each log that says what ran on what. */
const SYSTEM_PREFIXES = ['loadgen_version', 'sut_', 'dataset_', 'qsl_'];

/** `whose` names the other run in messages. */
export function checkSameSystem(findings: FindingCollector, one: LogValues, other: LogValues, whose: string): void {
  for (const prefix of SYSTEM_PREFIXES) {
    for (const [rest, value, expected] of differences(one.texts(prefix), other.texts(prefix)))
      findings.add('settings', 'AUDIT_OTHER_SYSTEM', `${prefix}${rest} ${value}; ${whose} is ${expected}`);
  }
}

function differences(
  expected: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): [key: string, found: string, expected: string][] {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return keys
    .filter((key) => found[key] !== expected[key])
    .map((key) => [key, found[key] ?? 'not set', expected[key] ?? 'not set']);
}

/** That a performance run counts. */
export function checkValid(findings: FindingCollector, log: LogValues, whose: string): void {
  const validity = log.has('result_validity') ? log.string('result_validity') : 'not stated';
  if (validity !== 'VALID') findings.add('performance', 'AUDIT_INVALID', `${whose} result is ${validity}`);
  const [firstError] = log.errorMessages();
  const count = Math.max(log.errorMessages().length, log.optionalNumber('num_errors') ?? 0);
  if (count > 0)
    findings.add(
      'performance',
      'AUDIT_ERRORS',
      `${whose} log has ${count} errors, the first: ${firstError ?? 'not named'}`,
    );
}
