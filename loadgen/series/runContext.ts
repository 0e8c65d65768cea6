import type { Clock } from '../../base/clock.js';
import type { RunLogs } from '../logs/runLogs.js';
import type { AbortSignalLike, StartRuntimeMonitor } from '../platform.js';
import type { AccuracyLogSelection } from '../queries/accuracyLogSelection.js';
import type { SeriesMode } from '../queries/generatedQueries.js';
import type { QuerySampleLibrary } from '../querySampleLibrary.js';
import type { AnyScenario } from '../scenarios/index.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { SystemUnderTest } from '../systemUnderTest.js';

/** How far a series is. */
export interface RunProgress {
  readonly mode: SeriesMode;
  readonly answeredSamples: number;
  /** From 0 to 1; 1 once the series may end. */
  readonly share: number;
}

/** What all series of a run share. */
export interface RunContext {
  readonly sut: SystemUnderTest;
  readonly library: QuerySampleLibrary;
  readonly settings: EffectiveSettings;
  /** That of `settings`. */
  readonly scenario: AnyScenario;
  readonly logs: RunLogs;
  readonly clock: Clock;
  readonly responseTimeoutMs: number;
  readonly responseBytes: number | undefined;
  readonly signal: AbortSignalLike | undefined;
  readonly startMonitor: StartRuntimeMonitor;
  readonly onProgress: ((progress: RunProgress) => void) | undefined;
  readonly accuracyLogSelection: AccuracyLogSelection;
  /** Ids continue from one series to the next. */
  readonly nextIds: { query: number; sample: number };
}
