/** The LoadGen's public interface, in the official names. */

export type { Clock } from '../base/clock.js';
export { EXIT_CODE, type ExitCode } from '../base/errorCodes.js';
export { LoadGenError, type LoadGenErrorDetails } from '../base/errors.js';
export type { LogOrigin, LogWriter } from '../logs/detail/write.js';
export type { GarbageCollection } from '../logs/trace/write.js';
export { defaultLogSettings, type LogOutputs, type LogSettings, type OpenLogOutputs } from './logs/logSettings.js';
export type {
  AbortSignalLike,
  EnergyFigures,
  MachineFigures,
  Pause,
  Platform,
  RuntimeFigures,
  Stalls,
  StartRuntimeMonitor,
} from './platform.js';
export type { SeriesMode } from './queries/generatedQueries.js';
export type { LibraryFacts, QuerySampleLibrary } from './querySampleLibrary.js';
export type { EarlyStoppingEstimate, EarlyStoppingResult } from './results/earlyStoppingResult.js';
export type { HarnessCost } from './results/harnessCost.js';
export type { LatencyStatistics } from './results/latencyStatistics.js';
export type { Constraint, SeriesSummary } from './results/seriesSummary.js';
export type { PerformanceSummary } from './results/summarizePerformance.js';
export type { ScenarioFigures } from './scenarios/index.js';
export type { MultiStreamFigures } from './scenarios/multiStream.js';
export type { OfflineFigures } from './scenarios/offline.js';
export type { ServerFigures } from './scenarios/server.js';
export type { SingleStreamFigures } from './scenarios/singleStream.js';
export type { MeasuredExpectation } from './series/prepareSystem.js';
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
export type {
  QueryResponder,
  QuerySample,
  QuerySampleResponse,
  RemoteServerFigures,
  SystemUnderTest,
} from './systemUnderTest.js';
