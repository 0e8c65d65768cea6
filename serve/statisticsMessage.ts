import type { ServedStatistics } from './servedModel.js';
import { MODEL_VERSION } from './servedTensors.js';

/** Statistics in the form of the protocol's extension, which has times of requests and of their parts. */
export function statisticsMessage(name: string, statistics: ServedStatistics) {
  const { requests, failedRequests, images, pairs, queueNs, computeNs } = statistics;
  const none = { count: requests, ns: 0 };
  return {
    model_stats: [
      {
        name,
        version: MODEL_VERSION,
        inference_count: images,
        execution_count: pairs,
        inference_stats: {
          success: { count: requests, ns: queueNs + computeNs },
          fail: { count: failedRequests, ns: 0 },
          queue: { count: requests, ns: queueNs },
          compute_input: none,
          compute_infer: { count: requests, ns: computeNs },
          compute_output: none,
        },
      },
    ],
  };
}
