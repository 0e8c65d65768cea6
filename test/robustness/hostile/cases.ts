import { ENGINE_ROWS, MODULE_ROWS, WORKER_ROWS } from './engineCases.js';
import { ENVIRONMENT_ROWS } from './environmentCases.js';
import { engineCase, type HostileCase, moduleCase, systemCase, workerCase } from './hostileCase.js';
import { SYSTEM_ROWS } from './systemCases.js';

export const HOSTILE_CASES: readonly HostileCase[] = [
  ...[...SYSTEM_ROWS, ...ENVIRONMENT_ROWS].map(systemCase),
  ...ENGINE_ROWS.map(engineCase),
  ...[...ENGINE_ROWS, ...WORKER_ROWS].map(workerCase),
  ...MODULE_ROWS.map(moduleCase),
];
