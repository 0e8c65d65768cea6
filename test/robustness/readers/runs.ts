import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../cli/benchmark/settings.js';
import { LATENCY_LOG_NAME } from '../../../logs/latencies/read.js';
import { readSummaryLines, SUMMARY_LOG_NAME } from '../../../logs/summary/read.js';
import { TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { openLog } from '../../../platform/node/openLog.js';
import { comparisonCsv } from '../../../reports/compare/comparisonCsv.js';
import { comparisonTable } from '../../../reports/compare/comparisonTable.js';
import { htmlReport } from '../../../reports/html/htmlReport.js';
import { readReportData } from '../../../reports/html/reportData.js';
import { hgrmText, hlogText, latencyCsv, readQueryLatencies } from '../../../reports/latencyFiles.js';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { viewerTraces } from '../../../reports/trace/viewerTrace.js';
import { ACCURACY_TEXT, JUDGING_JSON, PAIRS_JSON, RUN_JSON } from '../../../runs/layout.js';
import { openRun } from '../../../runs/openRun.js';
import { readRepeatableRun } from '../../../runs/runJson.js';
import { MLPERF_CONF, USER_CONF, virtualRun } from '../../submission/virtualRun.js';
import type { DamagedReader } from '../damagedReader.js';

const ACCURACY = 'SingleStream/accuracy';
const PERFORMANCE = 'SingleStream/performance/run_1';
const LATENCIES = `${PERFORMANCE}/${LATENCY_LOG_NAME}`;
/** A run of as few queries as a table can be made of. */
const SHORT = `${USER_CONF}*.SingleStream.min_query_count = 64\n*.SingleStream.min_duration = 100\n`;

type Reading = (runFolder: string) => Promise<unknown>;

const table: Reading = async (run) => {
  const data = await readReportData([run, run]);
  htmlReport(
    data,
    data.datasets.map(() => ({ missing: 'None were asked for.' })),
  );
  comparisonTable(data.comparison, { color: true });
  comparisonCsv(data.comparison);
};
const result: Reading = async (run) => JSON.stringify(await readRunResult(run));
const latencies: Reading = async (run) => {
  for await (const test of readQueryLatencies(await openRun(run)))
    [hgrmText(test), hlogText(test), latencyCsv(test)].join();
};
const trace: Reading = async (run) => {
  for await (const { chunks } of viewerTraces(await openRun(run)))
    for await (const chunk of chunks(() => {})) chunk.trim();
};

const withoutLatencies: Reading = async (run) => rmSync(join(run, LATENCIES), { force: true });

/** The files of a run's folder, each read by all that reads it. */
export const runReaders: readonly DamagedReader[] = [
  fileReader('detail', `${PERFORMANCE}/mlperf_log_detail.txt`, table, result, latencies, trace),
  fileReader('detail-accuracy', `${ACCURACY}/mlperf_log_detail.txt`, table, result),
  fileReader('summary', `${PERFORMANCE}/${SUMMARY_LOG_NAME}`, async (run) =>
    readSummaryLines(await openLog(join(run, PERFORMANCE, SUMMARY_LOG_NAME))),
  ),
  fileReader('accuracy', `${ACCURACY}/mlperf_log_accuracy.json`, table),
  fileReader('trace', `${PERFORMANCE}/${TRACE_LOG_NAME}`, trace, table),
  fileReader('trace-alone', `${PERFORMANCE}/${TRACE_LOG_NAME}`, withoutLatencies, table, latencies),
  fileReader('latencies', LATENCIES, latencies, table),
  fileReader('run-json', RUN_JSON, readRepeatableRun, table),
  fileReader('judging', `${ACCURACY}/${JUDGING_JSON}`, table),
  fileReader('pairs', `${ACCURACY}/${PAIRS_JSON}`, table),
  fileReader('accuracy-text', `${ACCURACY}/${ACCURACY_TEXT}`, table, result),
  fileReader('user-conf', 'user.conf', settings('user.conf')),
  fileReader('mlperf-conf', 'mlperf.conf', settings('mlperf.conf')),
];

/** Damages one file of a run's folder; all that reads it does so, and the first error counts. */
function fileReader(name: string, path: string, ...readings: readonly Reading[]): DamagedReader {
  return {
    name,
    prepare: async (folder) => {
      const run = join(folder, 'run');
      await virtualRun(run, { scenarios: ['SingleStream'], audits: false, userConf: SHORT });
      return {
        originals: [readFileSync(join(run, path))],
        read: async (content) => {
          writeFileSync(join(run, path), content);
          for (const reading of readings) await reading(run);
        },
      };
    },
  };
}

function settings(name: string): Reading {
  return async (run) => {
    const paths = { mlperfConf: MLPERF_CONF, userConf: join(run, 'user.conf') };
    const damaged = name === 'user.conf' ? paths : { mlperfConf: join(run, name) };
    return readSettings('Server', 'PerformanceOnly', 'sphereface20', { ...paths, ...damaged });
  };
}
