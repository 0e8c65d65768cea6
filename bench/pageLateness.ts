/**
 * How late Server issues queries in an isolated page of Chromium: the null system at 100 queries per second.
 * `node dist/bench/pageLateness.js [SECONDS [QUERIES_PER_SECOND]]`
 */
import { z } from 'zod';
import { openEnginePage } from '../test/web/enginePage.js';

const answerSchema = z.object({
  queryCount: z.number(),
  issueDelay: z.object({
    percentiles: z.array(z.object({ percentile: z.number(), latencyNs: z.number() })),
    maxNs: z.number(),
  }),
});

const seconds = Number(process.argv[2] ?? 20);
const queriesPerSecond = Number(process.argv[3] ?? 100);
const page = await openEnginePage();
try {
  const answer = await page.ask(() => ({ what: 'lateness', seconds, queriesPerSecond }));
  const { queryCount, issueDelay } = answerSchema.parse(answer);
  console.log(`${queryCount} queries, ${queriesPerSecond} a second; how late they were issued:`);
  for (const { percentile, latencyNs } of issueDelay.percentiles)
    console.log(`${`${percentile * 100} %`.padEnd(10)} ${(latencyNs / 1000).toFixed(1)} us`);
  console.log(`${'largest'.padEnd(10)} ${(issueDelay.maxNs / 1000).toFixed(1)} us`);
} finally {
  await page.close();
}
