import { z } from 'zod';
import type { ModelStatistics } from './connection.js';

/** The extension's name in a server's metadata. */
export const STATISTICS = 'statistics';

const duration = z.object({ count: z.number(), ns: z.number() }).nullish();
const durations = z.object({ success: duration, queue: duration }).nullish();

/** As REST and gRPC have it; an entry for each version of the model. */
export const statisticsSchema = z.object({ model_stats: z.array(z.object({ inference_stats: durations })).max(1000) });

export function totalsOf({ model_stats: versions }: z.infer<typeof statisticsSchema>): ModelStatistics {
  const sum = (part: (stats: z.infer<typeof durations>) => number | undefined) =>
    versions.reduce((total, { inference_stats }) => total + (part(inference_stats) ?? 0), 0);
  return {
    requests: sum((stats) => stats?.success?.count),
    requestNs: sum((stats) => stats?.success?.ns),
    queueNs: sum((stats) => stats?.queue?.ns),
  };
}
