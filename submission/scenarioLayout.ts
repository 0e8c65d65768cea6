import { DETAIL_LOG_NAME } from '../logs/detail/read.js';
import { AUDIT_NAMES, AUDITS, type AuditName } from './audits/audits.js';
import { ACCURACY_TEXT_NAME } from './checks/accuracyRun.js';
import { SUMMARY_NAME } from './checks/performanceRun.js';

export const USER_CONF = 'user.conf';
export const MLPERF_CONF = 'mlperf.conf';
export const MEASUREMENTS = 'measurements.json';
export const README = 'README.md';

/** What a submission's repository takes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;

const LOGS = [SUMMARY_NAME, DETAIL_LOG_NAME];

/** The files of one scenario that a submission takes from a run as they are, below the scenario's folder. */
export function copiedFiles(audits: readonly AuditName[]): string[] {
  return [
    ...LOGS.map((name) => `performance/run_1/${name}`),
    ...LOGS.map((name) => `accuracy/${name}`),
    ...audits.flatMap((audit) => [
      ...AUDITS[audit].textNames.map((name) => `${audit}/${name}`),
      ...LOGS.map((name) => `${audit}/performance/run_1/${name}`),
    ]),
  ];
}

/** An accuracy log: where a run has it, and the folder that a submission has it in, truncated, beside its digest. */
export interface AccuracyLogPlace {
  readonly inRun: string;
  readonly folder: string;
}

export function accuracyLogs(audits: readonly AuditName[]): AccuracyLogPlace[] {
  const ofAudit = { inRun: 'TEST01/performance/run_1', folder: 'TEST01/accuracy' };
  return [{ inRun: 'accuracy', folder: 'accuracy' }, ...(audits.includes('TEST01') ? [ofAudit] : [])];
}

/** Every file that a scenario's folder in a submission has, and those that it may have. */
export function submittedFiles(isClosed: boolean): { required: string[]; optional: string[] } {
  const audits = isClosed ? AUDIT_NAMES : [];
  const truncated = accuracyLogs(audits).flatMap(({ folder }) => [
    `${folder}/mlperf_log_accuracy.json`,
    `${folder}/${ACCURACY_TEXT_NAME}`,
  ]);
  return {
    required: [...copiedFiles(audits), ...truncated, MEASUREMENTS, USER_CONF, README],
    optional: [MLPERF_CONF],
  };
}
