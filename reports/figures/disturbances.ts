import { disturbanceTexts } from '../../loadgen/logs/machineReport.js';
import { percentText } from '../humanUnits.js';
import type { TestRecord } from './runRecord.js';

/** A sentence for each thing that disturbed a test enough to matter; the pauses of the machine have their own. */
export function disturbances({ machine = {}, latencyTrend }: Pick<TestRecord, 'machine' | 'latencyTrend'>): string[] {
  const texts = disturbanceTexts(machine);
  return latencyTrend === undefined ? texts : [...texts, trendText(latencyTrend)];
}

function trendText(ratio: number): string {
  const change = ratio > 1 ? `${percentText(ratio - 1)} longer` : `${percentText(1 - ratio)} shorter`;
  return `Queries took ${change} in the last quarter of the test than in the first: something changed meanwhile, such as heat.`;
}
