import type { Clock } from '../../base/clock.js';
import type { LoadGenError } from '../../base/errors.js';
import { AccuracyLogWriter } from '../../logs/accuracy/write.js';
import { DETAIL_VERSION, DETAIL_VERSION_KEY, DetailLogWriter, LAST_KEY } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import { TraceLogWriter } from '../../logs/trace/write.js';
import type { QuerySampleLibrary } from '../querySampleLibrary.js';
import { NOTABLE_SHARE } from '../results/harnessCost.js';
import type { PerformanceSummary } from '../results/summarizePerformance.js';
import { SCENARIOS } from '../scenarios/index.js';
import type { ConfigFile } from '../settings/configFile.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import { harnessEntries, harnessText, runtimeWarnings } from './harnessReport.js';
import type { LogOutputs } from './logSettings.js';
import { resultEntries } from './resultEntries.js';
import { effectiveSettingsEntries, requestedSettingsEntries } from './settingsEntries.js';
import { brokenOffSummaryText, logCountsText, performanceSummaryText } from './summaryText.js';

/** The official LoadGen whose decisions, figures and log formats these are, and the program that follows it. */
export const LOADGEN_VERSION = '6.0.17 @ sphereface-loadgen';

/** What the detail log begins with. */
export interface LogHeader {
  readonly sutName: string;
  readonly library: QuerySampleLibrary;
  readonly settings: EffectiveSettings;
  readonly startedAt: Date;
  readonly auditConfig: ConfigFile | undefined;
  readonly notes: Readonly<Record<string, string>>;
}

/** The four official logs of one run, and the one of latencies. */
export class RunLogs {
  readonly detail: DetailLogWriter;
  readonly accuracy: AccuracyLogWriter;
  readonly trace: TraceLogWriter | undefined;
  /** The clock's reading at which the trace begins. */
  readonly originNs: number;
  readonly #outputs: LogOutputs;
  #performance: PerformanceSummary | undefined;
  #summary = '';

  constructor(outputs: LogOutputs, clock: Clock) {
    this.#outputs = outputs;
    this.originNs = clock.nowNs();
    this.detail = new DetailLogWriter(outputs.detail, clock, outputs.origin);
    this.accuracy = new AccuracyLogWriter(outputs.accuracy);
    this.trace = outputs.trace === undefined ? undefined : new TraceLogWriter(outputs.trace, outputs.origin);
  }

  begin({ sutName, library, settings, startedAt, auditConfig, notes }: LogHeader): void {
    this.detail.log(
      ['loadgen_version', LOADGEN_VERSION],
      ['test_datetime', `${startedAt.toISOString().slice(0, 19)}Z`],
      ['sut_name', sutName],
      ['qsl_name', library.name],
      ['qsl_reported_total_count', library.totalSampleCount],
      ['qsl_reported_performance_count', library.performanceSampleCount],
      [DETAIL_VERSION_KEY, DETAIL_VERSION],
    );
    for (const [key, value] of Object.entries(notes)) this.detail.log([key, value]);
    if (auditConfig !== undefined) {
      this.detail.warning(
        'warning_generic_message',
        'Found Audit Config file (audit.config). Overriding TestSettings from audit.config file.',
      );
    }
    if (settings.requested.test05) {
      this.detail.warning('warning_generic_message', 'Test05 flag detected Overriding random seeds');
    }
    this.detail.log(...requestedSettingsEntries(settings.requested), ...effectiveSettingsEntries(settings));
  }

  performance(summary: PerformanceSummary): void {
    const scenario = SCENARIOS[summary.settings.scenario];
    this.#performance = summary;
    this.#summary = performanceSummaryText(summary, scenario);
    this.#outputs.latencies(summary.sampleLatenciesNs);
    this.detail.log(
      ...resultEntries(summary, scenario),
      ['num_errors', this.detail.errors],
      ...harnessEntries(summary),
    );
    const { harness, runtime } = summary;
    for (const text of runtime === undefined ? [] : runtimeWarnings(runtime))
      this.detail.warning('harness_warning', text);
    if (harness !== undefined && harness.share > NOTABLE_SHARE) {
      this.detail.warning(
        'harness_warning',
        `${harness.addedNs} ns pass outside a query's latency, or before it is issued: ${formatFixed(harness.share * 100, 2)} % ` +
          'of its mean latency. The system is too fast for this harness, holds up its thread, or the machine is busy.',
      );
    }
  }

  brokenOff(sutName: string, settings: EffectiveSettings, reason: LoadGenError): void {
    const text = `${reason.message} (${reason.code})`;
    this.detail.error('error_runtime', text);
    this.detail.log(
      ['result_validity', 'INVALID'],
      ['result_invalid_reason', text],
      ['num_errors', this.detail.errors],
    );
    this.#summary = brokenOffSummaryText(sutName, settings, text);
  }

  /** Completes and closes all files. The detail log's last line says that the others are complete, the summary follows. */
  end(): void {
    try {
      this.accuracy.end();
      this.trace?.end();
      this.#outputs.settle?.();
      this.detail.log([LAST_KEY, true]);
      this.#outputs.settle?.();
      this.#outputs.summary(`${this.#summary}${logCountsText(this.detail.warnings, this.detail.errors)}`);
      if (this.#performance !== undefined) this.#outputs.summary(harnessText(this.#performance));
    } finally {
      this.#outputs.close();
    }
  }
}
