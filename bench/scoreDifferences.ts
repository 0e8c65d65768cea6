/**
 * How far systems agree: compares the scores of accuracy runs over the same pairs with those of the first run.
 *
 * `node dist/bench/scoreDifferences.js FOLDER FOLDER...`, folders of accuracy runs of `loadgen run`
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { openLog } from '../platform/node/openLog.js';
import { readAngles } from '../reports/accuracy/readAngles.js';
import { readJudging } from '../runs/judging.js';
import { PAIRS_JSON } from '../runs/layout.js';

const [first, ...others] = process.argv.slice(2);
if (first === undefined || others.length === 0) throw new RangeError('expected two folders or more');
const { threshold } = await readJudging(first);
const expected = await anglesOf(first);
const table = new Table({
  head: ['folder', 'pairs', 'largest difference', 'decided otherwise'],
  style: { head: [], border: [] },
});
for (const folder of others) {
  const angles = await anglesOf(folder);
  const differences = angles.map((angle, pair) => Math.abs(angle - (expected[pair] ?? Number.NaN)));
  const decidedOtherwise = angles.filter(
    (angle, pair) => angle < threshold !== (expected[pair] ?? Number.NaN) < threshold,
  );
  table.push([folder, angles.length, Math.max(...differences).toExponential(2), decidedOtherwise.length]);
}
console.log(`against ${first}\n${table.toString()}`);

async function anglesOf(folder: string): Promise<Float64Array> {
  const pairs: unknown = JSON.parse(readFileSync(join(folder, PAIRS_JSON), 'utf8'));
  if (!Array.isArray(pairs)) throw new RangeError(`${folder} has no list of pairs`);
  const { featureValues } = await readJudging(folder);
  return readAngles(await openLog(join(folder, 'mlperf_log_accuracy.json')), pairs.length, featureValues);
}
