/** The Trace Event Format, as Perfetto and chrome://tracing read it. Its times are microseconds. */
import { printable } from '../../base/text.js';
import type { TracedPhase, TracedSample } from '../../logs/trace/events.js';

const PROCESS = 1;
/** Where samples and counters are shown. */
export const SAMPLES_THREAD = 1;

/** @param facts of the trace as a whole, which viewers show beside it */
export function traceHead(processName: string, facts: Readonly<Record<string, string>>): string {
  const first = { name: 'process_name', ph: 'M', pid: PROCESS, tid: SAMPLES_THREAD, args: { name: processName } };
  const head = `{"displayTimeUnit":"ns","otherData":${JSON.stringify(facts)},"traceEvents":[\n${JSON.stringify(first)}`;
  return head + threadName(SAMPLES_THREAD, 'samples');
}

export const traceEnd = '\n]}\n';

export function threadName(thread: number, name: string): string {
  return eventText({ name: 'thread_name', ph: 'M', pid: PROCESS, tid: thread, args: { name } });
}

export function phaseEvent({ name, startNs, durationNs, args }: TracedPhase, thread: number): string {
  // Viewers leave out what begins before the trace does, as the work of the official LoadGen's log thread may.
  const start = Math.max(0, startNs);
  const dur = Math.max(0, startNs + durationNs - start) / 1000;
  return eventText({ name: printable(name), ph: 'X', pid: PROCESS, tid: thread, ts: start / 1000, dur, args });
}

/** All of one name: viewers give each name a line of its own. */
export function sampleEvents({ sample, query, sampleIndex, dueNs, issueDelayNs, latencyNs }: TracedSample): string {
  const identity = { name: 'Sample', cat: 'sample', id: sample, pid: PROCESS, tid: SAMPLES_THREAD };
  const args = {
    sample_idx: sampleIndex,
    sample_seq: sample,
    query_seq: query,
    issue_start_ns: issueDelayNs,
    complete_ns: latencyNs,
  };
  return (
    eventText({ ...identity, ph: 'b', ts: dueNs / 1000, args }) +
    eventText({ ...identity, ph: 'e', ts: (dueNs + latencyNs) / 1000 })
  );
}

/** Viewers call the line by name and unit. */
export function counterEvent(name: string, unit: string, timeNs: number, value: number): string {
  return eventText({ name, ph: 'C', pid: PROCESS, tid: SAMPLES_THREAD, ts: timeNs / 1000, args: { [unit]: value } });
}

function eventText(event: object): string {
  return `,\n${JSON.stringify(event)}`;
}
