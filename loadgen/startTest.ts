import { LoadGenError } from '../base/errors.js';
import { findPeakPerformance } from './findPeakPerformance.js';
import type { LogSettings } from './logs/logSettings.js';
import { RunLogs } from './logs/runLogs.js';
import type { AbortSignalLike, Platform } from './platform.js';
import { AccuracyLogSelection } from './queries/accuracyLogSelection.js';
import type { QuerySampleLibrary } from './querySampleLibrary.js';
import type { PerformanceSummary } from './results/summarizePerformance.js';
import { runAccuracy, runPerformance } from './runModes.js';
import { SCENARIOS } from './scenarios/index.js';
import { type MeasuredExpectation, prepareSystem } from './series/prepareSystem.js';
import type { RunContext, RunProgress } from './series/runContext.js';
import { applyConfigFile, type ConfigFile } from './settings/configFile.js';
import { deriveEffectiveSettings } from './settings/effectiveSettings.js';
import type { TestSettings } from './settings/testSettings.js';
import type { SystemUnderTest } from './systemUnderTest.js';

export interface RunOptions {
  /** Ends the run when aborted: INVALID, with complete logs. Default: none. */
  readonly signal?: AbortSignalLike;
  /** Called about five times a second while a series runs, and at its start and end. Default: none. */
  readonly onProgress?: (progress: RunProgress) => void;
  /** How long the system may be silent while answers are outstanding. Default: 120,000 and twice `minDurationMs`. */
  readonly responseTimeoutMs?: number;
  /** How many bytes each response has to hold; any other number ends the run. Default: not checked. */
  readonly responseBytes?: number;
  /** So many samples are answered before a performance test, untimed. Default: none. */
  readonly warmUpSamples?: number;
  /**
   * Whether to measure, in a few seconds before a performance test, what the system can be expected to do, in place of
   * the settings' expected latency or rate. `onExpectation` is told the result. Default: false.
   */
  readonly measureExpectation?: boolean;
  readonly onExpectation?: (expectation: MeasuredExpectation) => void;
  /** Settings of a compliance test, applied last; the logs say so. Default: none; no file is looked for. */
  readonly auditConfig?: ConfigFile;
  /** More lines for the detail log, by key, such as the engine or a data set's digest. Default: none. */
  readonly notes?: Readonly<Record<string, string>>;
}

/** How a run ended. A broken-off run is INVALID whatever it had measured until then. */
export type TestResult =
  | { readonly state: 'completed'; readonly performance: PerformanceSummary | undefined; readonly errors: number }
  | { readonly state: 'brokenOff'; readonly reason: LoadGenError };

/** A test that ended where it could not complete its logs. */
export interface BrokenOffTest extends Pick<RunOptions, 'auditConfig' | 'notes'> {
  readonly sutName: string;
  readonly library: QuerySampleLibrary;
  readonly requested: TestSettings;
  readonly logSettings: LogSettings;
  readonly reason: LoadGenError;
}

/** Runs one test on a platform: see the `startTest` of that platform. */
export async function startTestOn(
  { clock, openLogs, startMonitor }: Platform,
  sut: SystemUnderTest,
  library: QuerySampleLibrary,
  requested: TestSettings,
  logSettings: LogSettings,
  options: RunOptions = {},
): Promise<TestResult> {
  const { auditConfig, signal } = options;
  const scenario = SCENARIOS[requested.scenario];
  let settings = deriveEffectiveSettings(withAuditConfig(requested, auditConfig), library);
  const responseTimeoutMs = options.responseTimeoutMs ?? defaultResponseTimeoutMs(settings);
  const prepared = await prepareSystem({ sut, library, clock, settings, scenario, responseTimeoutMs, signal }, options);
  if (prepared.expectation !== undefined) {
    const expected = { ...requested, ...prepared.expectation.settings };
    settings = deriveEffectiveSettings(withAuditConfig(expected, auditConfig), library);
  }
  const startedAt = new Date();
  const outputs = openLogs(logSettings, startedAt);
  const logs = new RunLogs(outputs, clock);
  const context: RunContext = {
    ...{ sut, library, settings, scenario, logs, clock, responseTimeoutMs, signal, startMonitor },
    responseBytes: options.responseBytes,
    onProgress: options.onProgress,
    accuracyLogSelection: new AccuracyLogSelection(),
    nextIds: { query: 0, sample: 0 },
  };
  try {
    const notes = { ...options.notes, ...prepared.notes };
    logs.begin({ sutName: sut.name, library, settings, startedAt, auditConfig, notes });
    return prepared.fault === undefined ? await runAllModes(context) : brokenOff(context, prepared.fault);
  } finally {
    logs.end();
  }
}

/** Two minutes and twice the minimum duration: a system may answer a query that lasts as long as the test at its end. */
export function defaultResponseTimeoutMs({ minDurationMs }: Pick<TestSettings, 'minDurationMs'>): number {
  return 120_000 + 2 * minDurationMs;
}

/**
 * Writes the logs of a test that could not be run to its end where it ran: INVALID, with the reason.
 *
 * @throws as `startTestOn` does
 */
export function logBrokenOffTestOn(
  { clock, openLogs }: Pick<Platform, 'clock' | 'openLogs'>,
  { sutName, library, requested, logSettings, reason, auditConfig, notes = {} }: BrokenOffTest,
): void {
  const settings = deriveEffectiveSettings(withAuditConfig(requested, auditConfig), library);
  const startedAt = new Date();
  const logs = new RunLogs(openLogs(logSettings, startedAt), clock);
  try {
    logs.begin({ sutName, library, settings, startedAt, auditConfig, notes });
    logs.brokenOff(sutName, settings, reason);
  } finally {
    logs.end();
  }
}

function withAuditConfig(requested: TestSettings, auditConfig: ConfigFile | undefined): TestSettings {
  const settings = { ...requested };
  // The official LoadGen knows no model here, so that only lines for all models count.
  if (auditConfig !== undefined) applyConfigFile(settings, auditConfig, '*');
  return settings;
}

async function runAllModes(context: RunContext): Promise<TestResult> {
  const { mode } = context.settings;
  if (mode === 'AccuracyOnly' || mode === 'SubmissionRun') {
    const fault = await runAccuracy(context);
    if (fault !== undefined) return brokenOff(context, fault);
    if (mode === 'AccuracyOnly') return completed(context, undefined);
  }
  const performance = await (mode === 'FindPeakPerformance' ? findPeakPerformance(context) : runPerformance(context));
  if (performance instanceof LoadGenError) return brokenOff(context, performance);
  return completed(context, performance);
}

function completed({ logs }: RunContext, performance: PerformanceSummary | undefined): TestResult {
  return { state: 'completed', performance, errors: logs.detail.errors };
}

function brokenOff({ logs, sut, settings }: RunContext, reason: LoadGenError): TestResult {
  logs.brokenOff(sut.name, settings, reason);
  return { state: 'brokenOff', reason };
}
