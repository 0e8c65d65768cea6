/** Writes the logs to disk, in blocks and synchronously: nothing is timed between series, so that costs nothing. */

import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import {
  type LogFileNamer,
  type LogOutputs,
  type LogSettings,
  logFileNamer,
  type OpenLogOutputs,
} from '../../loadgen/logs/logSettings.js';
import type { LogWriter } from '../../logs/detail/write.js';
import { latencyLogBlocks } from '../../logs/latencies/write.js';
import { makeFolder, writeError } from './files.js';
import { systemCodeOf } from './systemErrors.js';

const BLOCK_LENGTH = 1 << 20;

/**
 * Opens the log files of a run.
 *
 * @throws LOG_WRITE if one of them cannot be opened
 */
export function openLogFiles(settings: LogSettings, startedAt: Date): LogOutputs {
  const nameOf = logFileNamer(settings, startedAt);
  const path: LogFileNamer = (name, extension) => join(settings.outdir, nameOf(name, extension));
  reportingFailure(settings.outdir, () => makeFolder(settings.outdir));

  const summary = openBlockFile(path('summary', 'txt'), settings.copySummaryToStdout);
  const detail = openBlockFile(path('detail', 'txt'), settings.copyDetailToStdout);
  const accuracy = openBlockFile(path('accuracy', 'json'), false);
  const faults: unknown[] = [];
  const trace = settings.enableTrace ? openBlockFile(path('trace', 'json'), false) : undefined;
  return {
    origin: { pid: process.pid, tid: threadId },
    summary: summary.write,
    detail: detail.write,
    accuracy: accuracy.write,
    trace: trace?.write,
    latencies: (sampleLatenciesNs) => {
      const file = path('latencies_ns', 'bin');
      try {
        reportingFailure(file, () => writeLatencyLog(file, sampleLatenciesNs));
      } catch (thrown) {
        faults.push(thrown);
        throw thrown;
      }
    },
    settle: () => {
      for (const file of [accuracy, trace, detail]) file?.settle();
      if (faults.length > 0) throw faults[0];
    },
    close: () => {
      for (const file of [accuracy, trace, detail, summary]) {
        try {
          file?.close();
        } catch (thrown) {
          faults.push(thrown);
        }
      }
      if (faults.length > 0) throw faults[0];
    },
  };
}

/** For measurements of which only the result counts. */
export const discardLogs: OpenLogOutputs = () => ({
  origin: { pid: process.pid, tid: 0 },
  summary: () => {},
  detail: () => {},
  accuracy: () => {},
  trace: undefined,
  latencies: () => {},
  close: () => {},
});

/** Writes `mlperf_log_latencies_ns.bin`. */
export function writeLatencyLog(path: string, sampleLatenciesNs: Float64Array): void {
  const file = openSync(path, 'w');
  try {
    for (const block of latencyLogBlocks(sampleLatenciesNs)) writeAll(file, block);
    sync(file);
  } finally {
    closeSync(file);
  }
}

interface BlockFile {
  readonly write: LogWriter;
  readonly settle: () => void;
  readonly close: () => void;
}

function openBlockFile(path: string, copyToStdout: boolean): BlockFile {
  const file = reportingFailure(path, () => openSync(path, 'w'));
  let block = '';
  let fault: unknown;
  const writeBlock = () => {
    // What follows a hole would make the log look complete.
    if (fault !== undefined) throw fault;
    const text = block;
    block = '';
    try {
      writeAll(file, Buffer.from(text));
    } catch (thrown) {
      fault = thrown;
      throw thrown;
    }
  };
  return {
    write: (text) => {
      if (copyToStdout) process.stdout.write(text);
      block += text;
      if (block.length >= BLOCK_LENGTH) reportingFailure(path, writeBlock);
    },
    settle: () =>
      reportingFailure(path, () => {
        writeBlock();
        sync(file);
      }),
    close: () =>
      reportingFailure(path, () => {
        try {
          writeBlock();
        } finally {
          closeSync(file);
        }
      }),
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** What cannot be synchronized, such as a device, holds nothing back. */
function sync(file: number): void {
  try {
    fsyncSync(file);
  } catch (thrown) {
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(systemCodeOf(thrown) ?? '')) throw thrown;
  }
}

function reportingFailure<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    const hint = 'Check that the folder may be written to and that the disk has space left.';
    throw writeError('LOG_WRITE', `the log ${path}`, thrown, hint);
  }
}
