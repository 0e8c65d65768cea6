/** A performance test of the null system, the same for both LoadGens. */
export interface Series {
  readonly scenario: 'SingleStream' | 'Offline' | 'Server';
  readonly queries: number;
  /** Of Server. */
  readonly qps: number;
  readonly seconds: number;
}

/** SCENARIO QUERIES QPS SECONDS FOLDER: how the program of either is called. */
export function argumentsOf({ scenario, queries, qps, seconds }: Series, folder: string): string[] {
  return [scenario, String(queries), String(qps), String(seconds), folder];
}

export function seriesOf([scenario, queries, qps, seconds]: readonly string[]): Series {
  if (scenario !== 'SingleStream' && scenario !== 'Offline' && scenario !== 'Server') {
    throw new RangeError(`found the scenario ${scenario}, expected SingleStream, Offline or Server`);
  }
  return { scenario, queries: Number(queries), qps: Number(qps), seconds: Number(seconds) };
}
