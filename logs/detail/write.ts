import type { Clock } from '../../base/clock.js';
import { formatGeneral } from '../formatNumber.js';

/** What each line of a detail log starts with. */
export const DETAIL_LOG_MARK = ':::MLLOG';

/** In our logs, not in those of the official LoadGen: their layout. From version 2 on, the last line is that of `LAST_KEY`. */
export const DETAIL_VERSION_KEY = 'harness_log_version';
export const DETAIL_VERSION = 2;
/** Written once all else is safe on disk. */
export const LAST_KEY = 'harness_log_complete';

/** Of a performance series: the start and the length of each time in which nothing ran, in milliseconds. */
export const PAUSES_KEY = 'harness_pauses_ms';
/** In which the clock of the latencies goes; absent where it is far below them. */
export const CLOCK_STEP_KEY = 'harness_clock_step_ns';

/** A value in the detail log. Plain numbers are integers; a real number says so, since the two print differently. */
export type DetailValue = string | boolean | number | bigint | { readonly real: number } | Uint32Array;
export type DetailEntry = readonly [key: string, value: DetailValue];

/** Takes text for a log file. */
export type LogWriter = (text: string) => void;

/** Whose lines these are: the process and thread that drive the test. */
export interface LogOrigin {
  readonly pid: number;
  readonly tid: number;
}

/** `mlperf_log_detail.txt`: a line of `:::MLLOG` JSON for each fact, in the shape of the official LoadGen's. */
export class DetailLogWriter {
  readonly #write: LogWriter;
  readonly #clock: Clock;
  readonly #origin: LogOrigin;
  readonly #startNs: number;
  #errors = 0;
  #warnings = 0;

  constructor(write: LogWriter, clock: Clock, origin: LogOrigin) {
    this.#write = write;
    this.#clock = clock;
    this.#origin = origin;
    this.#startNs = clock.nowNs();
  }

  get errors(): number {
    return this.#errors;
  }

  get warnings(): number {
    return this.#warnings;
  }

  log(...entries: readonly DetailEntry[]): void {
    for (const [key, value] of entries) this.#line(key, value, 'plain');
  }

  error(key: string, value: DetailValue): void {
    this.#errors++;
    this.#line(key, value, 'error');
  }

  warning(key: string, value: DetailValue): void {
    this.#warnings++;
    this.#line(key, value, 'warning');
  }

  #line(key: string, value: DetailValue, severity: 'plain' | 'error' | 'warning'): void {
    const timeMs = ((this.#clock.nowNs() - this.#startNs) / 1e6).toFixed(6);
    const { pid, tid } = this.#origin;
    this.#write(
      `${DETAIL_LOG_MARK} {"key": ${JSON.stringify(key)}, "value": ${formatValue(value)}, "time_ms": ${timeMs}, ` +
        '"namespace": "mlperf::logging", "event_type": "POINT_IN_TIME", ' +
        `"metadata": {"is_error": ${severity === 'error'}, "is_warning": ${severity === 'warning'}, ` +
        '"file": "sphereface-loadgen", "line_no": 0, ' +
        `"pid": ${pid}, "tid": ${tid}}}\n`,
    );
  }
}

export function formatValue(value: DetailValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint32Array) return `[${value.join(',')}]`;
  if (typeof value === 'object') return Number.isFinite(value.real) ? formatGeneral(value.real) : 'null';
  return String(value);
}
