/**
 * Sends many pairs through a pool of all cores: memory must stay level, and every pair must be answered.
 *
 * `node dist/bench/poolMemory.js [ENGINE [PRECISION [PAIRS]]]`
 */
import { availableParallelism } from 'node:os';
import { PRECISIONS } from '../sut/engine.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { onePair } from './onePair.js';
import { runQuery } from './runQuery.js';

const QUERY_PAIRS = 100;
const REPORTS = 10;

const name = process.argv[2] ?? 'onnxruntime';
const precision = PRECISIONS.find((known) => known === process.argv[3]);
const pairs = Number(process.argv[4] ?? 10_000);
const placement = { workers: availableParallelism(), threads: 1, batch: 4, spreadPairs: false };
const sut = await createSystemUnderTest(name, { inputs: onePair, precision, placement });

// The first measurement comes late, when the workers have allocated what they need.
await runQuery(sut, QUERY_PAIRS);
const startBytes = process.memoryUsage.rss();
let answered = 0;
while (answered < pairs) {
  await runQuery(sut, QUERY_PAIRS);
  answered += QUERY_PAIRS;
  if (answered % Math.ceil(pairs / REPORTS) !== 0) continue;
  const bytes = process.memoryUsage.rss();
  const growth = (100 * (bytes / startBytes - 1)).toFixed(1);
  console.log(
    `${answered} pairs answered, ${(bytes / 2 ** 20).toFixed(0)} MiB resident, ${growth} % more than at the start`,
  );
}
await sut.close();
