/**
 * What an inference takes each engine of the page in Chromium, isolated, with graphics in software; what a query takes
 * beside the engine's own time, in turns, and by itself, with an engine that computes nothing; what a device loads; and the
 * least cosine of reference faces' embeddings.
 *
 * `node dist/bench/pageEngines.js [ROUNDS [ENGINE...]]`
 */
import Table from 'cli-table3';
import { z } from 'zod';
import { messageOf } from '../base/errors.js';
import { PAIR_IMAGES } from '../base/pairLayout.js';
import { openEnginePage } from '../test/web/enginePage.js';
import { ENGINES_IN_PAGES } from '../web/shared/pageEngines.js';

const THREADS = 2;
/** An adapter in software may take half a minute for an image. */
const SLOW_ROUNDS = 1;

const measuredSchema = z.object({
  instructionSet: z.string(),
  cosine: z.number().or(z.nan()),
  readyMs: z.number(),
  bareMs: z.array(z.number()),
  queryMs: z.array(z.number()),
  queryUs: z.number(),
  bytes: z.number(),
});

const rounds = Number(process.argv[2] ?? 15);
const wanted = process.argv.slice(3);
const table = new Table({
  head: [
    'engine',
    'threads',
    'instructions',
    'cosine',
    'ms an image',
    'query / engine',
    'query us',
    'loads MB',
    'ready s',
  ],
  style: { head: [], border: [] },
});
const page = await openEnginePage();
try {
  for (const { name, precisions, needs, hasThreads } of ENGINES_IN_PAGES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const precision of precisions)
      for (const threads of hasThreads ? [1, THREADS] : [1]) {
        const question = { what: 'engine', manifest: page.manifest, engine: name, precision, threads };
        const asked = { ...question, rounds: needs.length > 0 ? SLOW_ROUNDS : rounds };
        try {
          const measured = measuredSchema.parse(await page.ask((base) => ({ ...asked, base })));
          const { instructionSet, cosine, bareMs, queryMs, queryUs, bytes, readyMs } = measured;
          const ratios = queryMs.map((ms, round) => ms / (bareMs[round] ?? Number.NaN));
          table.push([
            ...[`${name} ${precision}`, threads, instructionSet, cosine.toFixed(9)],
            ...[(median(bareMs) / PAIR_IMAGES).toFixed(1), median(ratios).toFixed(4), queryUs.toFixed(1)],
            ...[(bytes / 1e6).toFixed(1), (readyMs / 1000).toFixed(1)],
          ]);
        } catch (thrown) {
          console.log(
            `${name} ${precision}, ${threads} threads: ${messageOf(thrown).split('\n').slice(0, 3).join(' ')}`,
          );
        }
      }
  }
} finally {
  await page.close();
}
console.log(`${rounds} rounds; medians; a query has ${PAIR_IMAGES} images\n${table.toString()}`);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
