/** The LoadGen's public interface, in the official names. */

export type { Clock } from '../base/clock.js';
export { LoadGenError } from '../base/errors.js';
export { defaultLogSettings, type LogOutputs, type LogSettings, type OpenLogOutputs } from './logs/logSettings.js';
export type { AbortSignalLike, Platform, RuntimeFigures, StartRuntimeMonitor } from './platform.js';
export type { SeriesMode } from './queries/generatedQueries.js';
export type { QuerySampleLibrary } from './querySampleLibrary.js';
export type { EarlyStoppingEstimate, EarlyStoppingResult } from './results/earlyStoppingResult.js';
export type { HarnessCost } from './results/harnessCost.js';
export type { LatencyStatistics } from './results/latencyStatistics.js';
export type { Constraint } from './results/seriesSummary.js';
export type { PerformanceSummary } from './results/summarizePerformance.js';
export type { ScenarioFigures } from './scenarios/index.js';
export type { RunProgress } from './series/runContext.js';
export { applyConfigFile, type ConfigFile, type ConfigKind } from './settings/configFile.js';
export { deriveEffectiveSettings } from './settings/effectiveSettings.js';
export {
  defaultTestSettings,
  type EffectiveSettings,
  TEST_MODES,
  TEST_SCENARIOS,
  type TestMode,
  type TestScenario,
  type TestSettings,
} from './settings/testSettings.js';
export type { RunOptions, TestResult } from './startTest.js';
export type { QueryResponder, QuerySample, QuerySampleResponse, SystemUnderTest } from './systemUnderTest.js';
