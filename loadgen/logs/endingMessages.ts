import type { DetailLogWriter } from '../../logs/detail/write.js';
import type { SeriesEnding } from '../issue/seriesIssuer.js';

const ENDED_NATURALLY = 'Ending naturally: Minimum query count and test duration met.';
const RAN_OUT_OF_QUERIES =
  'Ending early: Ran out of generated queries to issue before the minimum query count and test duration were reached. ' +
  'Please update the relevant expected latency or target qps in the TestSettings so they are more accurate.';

/** The official lines about how issuing ended. `expectsAllIssued`: whether the series is meant to issue all its queries. */
export function logEnding(detail: DetailLogWriter, ending: SeriesEnding, expectsAllIssued: boolean): void {
  const error = (text: string) => detail.error('error_runtime', text);
  const early = (text: string) => error(`IssueQueryThread 0 Ending early: ${text}`);
  switch (ending.kind) {
    case 'durationMet':
      detail.log(['generic_message', ENDED_NATURALLY]);
      return;
    case 'maxQueryCount':
      early(`Max query count reached. query_count ${ending.queryCount}`);
      return;
    case 'maxDuration':
      early(`Max test duration reached. duration_ns ${Math.round(ending.durationNs)}`);
      return;
    case 'maxAsyncQueries':
      early(`Too many outstanding queries. issued ${ending.issued} outstanding ${ending.outstanding}`);
      return;
    case 'allIssued':
      if (!expectsAllIssued) error(RAN_OUT_OF_QUERIES);
      return;
    case 'fault':
      return;
  }
}
