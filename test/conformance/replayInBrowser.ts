import { z } from 'zod';
import { openWorkerPage } from '../browser/workerPage.js';
import type { ReadCase } from './goldenCase.js';
import type { Replay } from './replay.js';

const numberLists = z.array(z.array(z.number()));
const replaySchema = z.object({
  loads: numberLists,
  unloads: numberLists,
  queries: numberLists,
  flushes: z.number(),
  logs: z.object({
    summary: z.string(),
    detail: z.string(),
    accuracy: z.string(),
    trace: z.string(),
    latencies: z.array(z.number()).transform((latencies) => Float64Array.from(latencies)),
  }),
});

/** Replays cases in a worker of a headless Chromium. */
export interface BrowserReplayer {
  replay(read: ReadCase): Promise<Replay>;
  close(): Promise<void>;
}

export async function openBrowserReplayer(): Promise<BrowserReplayer> {
  const page = await openWorkerPage('test/conformance/inBrowser/worker.ts');
  return {
    replay: async (read) => replaySchema.parse(await page.ask(read)),
    close: () => page.close(),
  };
}
