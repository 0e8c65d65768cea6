import { ACCURACY_LOG_NAME } from '../logs/accuracy/read.js';
import { DETAIL_LOG_NAME } from '../logs/detail/read.js';
import { SUMMARY_LOG_NAME } from '../logs/summary/read.js';
import { ACCURACY_FOLDER, ACCURACY_TEXT, MLPERF_CONF, PERFORMANCE_FOLDER, USER_CONF } from '../runs/layout.js';
import { AUDITS, type AuditName, auditsOf } from './audits/audits.js';
import type { Division } from './names.js';

export const MEASUREMENTS = 'measurements.json';
export const README = 'README.md';

/** What a submission's repository takes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;

const LOGS = [SUMMARY_LOG_NAME, DETAIL_LOG_NAME];

/** The files of one scenario that a submission takes from a run as they are, below the scenario's folder. */
export function copiedFiles(audits: readonly AuditName[]): string[] {
  return [
    ...LOGS.map((name) => `${PERFORMANCE_FOLDER}/${name}`),
    ...LOGS.map((name) => `${ACCURACY_FOLDER}/${name}`),
    ...audits.flatMap((audit) => [
      ...AUDITS[audit].textNames.map((name) => `${audit}/${name}`),
      ...LOGS.map((name) => `${audit}/${PERFORMANCE_FOLDER}/${name}`),
    ]),
  ];
}

/** An accuracy log: where a run has it, and the folder that a submission has it in, truncated, beside its digest. */
export interface AccuracyLogPlace {
  readonly inRun: string;
  readonly folder: string;
}

export function accuracyLogs(audits: readonly AuditName[]): AccuracyLogPlace[] {
  const ofAudit = { inRun: `TEST01/${PERFORMANCE_FOLDER}`, folder: `TEST01/${ACCURACY_FOLDER}` };
  return [{ inRun: ACCURACY_FOLDER, folder: ACCURACY_FOLDER }, ...(audits.includes('TEST01') ? [ofAudit] : [])];
}

/** Every file that a scenario's folder in a submission has, and those that it may have. */
export function submittedFiles(division: Division): { required: string[]; optional: string[] } {
  const audits = auditsOf(division);
  const truncated = accuracyLogs(audits).flatMap(({ folder }) => [
    `${folder}/${ACCURACY_LOG_NAME}`,
    `${folder}/${ACCURACY_TEXT}`,
  ]);
  return {
    required: [...copiedFiles(audits), ...truncated, MEASUREMENTS, USER_CONF, README],
    optional: [MLPERF_CONF],
  };
}
