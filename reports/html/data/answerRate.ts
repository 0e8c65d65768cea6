/** How fast an Offline run's samples were answered, in equal slices of time from the issue of its query. */
export interface AnswerRate {
  readonly durationNs: number;
  readonly samplesPerSecond: readonly number[];
}

const MAX_SLICES = 60;
/** Samples come back in batches; a slice with fewer of them shows batches rather than a rate. */
const LOTS_PER_SLICE = 4;

/** Undefined if the samples came back in too few batches. */
export function answerRate(completedNs: Float64Array): AnswerRate | undefined {
  const durationNs = completedNs.reduce((longest, ns) => Math.max(longest, ns), 0);
  const count = Math.min(MAX_SLICES, Math.floor(countLots(completedNs) / LOTS_PER_SLICE));
  if (count < 2 || durationNs === 0) return undefined;
  const answered = new Array<number>(count).fill(0);
  for (const ns of completedNs) {
    const slice = Math.min(count - 1, Math.floor((ns / durationNs) * count));
    answered[slice] = (answered[slice] ?? 0) + 1;
  }
  const sliceSeconds = durationNs / count / 1e9;
  return { durationNs, samplesPerSecond: answered.map((samples) => samples / sliceSeconds) };
}

/** Counted by sorting: a Set cannot hold this many values. */
function countLots(completedNs: Float64Array): number {
  const sorted = completedNs.toSorted();
  return sorted.reduce((count, ns, index) => count + (index === 0 || ns !== sorted[index - 1] ? 1 : 0), 0);
}
