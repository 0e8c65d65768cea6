/** Whole runs on disk, with everything that a page is drawn from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { accuracyLogText, responseAtAngle } from '../accuracy/responses.js';
import { randomNumbers } from '../figures/randomNumbers.js';
import { type DetailValues, newFolder, offline, singleStream, writeTest } from '../figures/runFolders.js';

export interface RunOptions {
  readonly seed: number;
  readonly queryCount: number;
  readonly meanNs: number;
  readonly values?: DetailValues;
  /** Of the people in the pair list. */
  readonly personName?: string;
}

/** A run of SingleStream and Offline with an accuracy test, as `loadgen run` lays it out. */
export function writeRun({ seed, queryCount, meanNs, values = {}, personName = 'Somebody' }: RunOptions): string {
  const folder = newFolder();
  const random = randomNumbers(seed);
  const latenciesNs = Float64Array.from({ length: queryCount }, () => Math.round(meanNs * (0.8 + 0.4 * random() ** 4)));
  const performance = join(folder, 'SingleStream', 'performance', 'run_1');
  writeTest(singleStream(latenciesNs, { harness_gc_pause_count: '2', ...values }), latenciesNs, performance);
  writeFileSync(join(performance, TRACE_LOG_NAME), traceText(latenciesNs));
  let timeNs = 0;
  const completedNs = latenciesNs.map((ns) => {
    timeNs += ns;
    return timeNs;
  });
  writeTest(offline(completedNs, values), completedNs, join(folder, 'Offline', 'performance', 'run_1'));
  writeAccuracy(join(folder, 'SingleStream', 'accuracy'), random, values, personName);
  return folder;
}

function writeAccuracy(folder: string, random: () => number, values: DetailValues, personName: string): void {
  mkdirSync(folder, { recursive: true });
  const pairs = Array.from({ length: 40 }, (_, index) => ({
    same: index < 20,
    set: 1,
    nameA: `${personName} ${index}`,
    nameB: `${personName} ${index + 1}`,
  }));
  const responses = pairs.map(({ same }) => responseAtAngle((same ? 0.3 : 0.45) + 0.15 * random()));
  const scenario = { effective_scenario: '"SingleStream"', effective_test_mode: '"AccuracyOnly"' };
  const { result_validity: _, ...unjudged } = singleStream(Float64Array.of(1), { ...values, ...scenario });
  writeTest(unjudged, undefined, folder);
  writeFileSync(join(folder, 'mlperf_log_accuracy.json'), accuracyLogText(responses));
  writeFileSync(join(folder, 'pairs.json'), JSON.stringify(pairs));
  const judging = {
    version: 1,
    network: 'sphereface20',
    featureValues: 1024,
    threshold: 0.41,
    thresholdOrigin: 'test',
  };
  writeFileSync(join(folder, 'judging.json'), JSON.stringify(judging));
}

/** One query after another, and two collections. */
function traceText(latenciesNs: Float64Array): string {
  const collection = (micros: number) =>
    `{"name":"Garbage collection, minor","cat":"gc","ph":"X","pid":1,"tid":0,"ts":${micros}.000,"dur":500.000,"args":{}}`;
  let timeNs = 1000;
  const samples = Array.from(latenciesNs, (ns, id) => {
    const startMicros = (timeNs / 1000).toFixed(3);
    timeNs += ns;
    return (
      `{"name":"Sample","cat":"default","id":${id},"ph":"b","pid":1,"tid":0,"ts":${startMicros},"args":{"sample_seq":${id},` +
      `"query_seq":${id},"sample_idx":0,"issue_start_ns":0,"complete_ns":${ns}}}`
    );
  });
  return `{"traceEvents":[\n${[collection(2000), collection(90_000), ...samples].join(',\n')}\n]}\n`;
}
