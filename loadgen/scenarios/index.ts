import type { TestScenario } from '../settings/testSettings.js';
import { type MultiStreamFigures, multiStream } from './multiStream.js';
import { type OfflineFigures, offline } from './offline.js';
import type { Scenario } from './scenario.js';
import { type ServerFigures, server } from './server.js';
import { type SingleStreamFigures, singleStream } from './singleStream.js';

/** The figures that only one scenario has. */
export type ScenarioFigures = SingleStreamFigures | MultiStreamFigures | ServerFigures | OfflineFigures;

export type AnyScenario = Scenario<ScenarioFigures>;

export const SCENARIOS: Readonly<Record<TestScenario, AnyScenario>> = {
  SingleStream: singleStream,
  MultiStream: multiStream,
  Server: server,
  Offline: offline,
};
