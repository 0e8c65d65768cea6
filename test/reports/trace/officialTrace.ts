/** Traces laid out as the official program writes them: no valid JSON where text is among the arguments. */

/** In nanoseconds; the times of issue and answer count from when the query was due. */
export interface OfficialSample {
  readonly sample: number;
  readonly query: number;
  readonly index: number;
  readonly dueNs: number;
  readonly issueStartNs: number;
  readonly completeNs: number;
}

export const micros = (ns: number) => (ns / 1000).toFixed(3);

export function officialSample({ sample, query, index, dueNs, issueStartNs, completeNs }: OfficialSample): string {
  return (
    `{"name":"Sample","cat":"default","ph":"b","pid":7,"id":${sample},"ts":${micros(dueNs)},"args":{` +
    `"sample_seq":${sample},"query_seq":${query},"sample_idx":${index},"issue_start_ns":${issueStartNs},` +
    `"complete_ns":${completeNs}}},\n` +
    `{"name":"Sample","cat":"default","ph":"e", "pid":7,"id":${sample},"ts":${micros(dueNs + completeNs)}},\n`
  );
}

export function officialPhase(name: string, thread: number | string, startNs: number, durationNs: number, args = '') {
  return `{"name":"${name}","ph":"X","pid":7,"tid":${thread},"ts":${micros(startNs)},"dur":${micros(durationNs)},"args":{${args}}},\n`;
}

export const OFFICIAL_HEAD = '{"traceEvents":[\n';
export const OFFICIAL_END =
  '{"name":"LastTrace"}\n],\n"displayTimeUnit":"ns",\n' +
  '"otherData":{\n"ts":1795578448897112.500,\n"version":"MLPerf LoadGen v1.0"\n}\n}\n';

export function officialTrace(...events: readonly string[]): string {
  return OFFICIAL_HEAD + events.join('') + OFFICIAL_END;
}
