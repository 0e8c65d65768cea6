import { relative } from 'node:path';
import type { TestsStream } from 'node:test';

const LISTED = 10;

interface FileTime {
  ms: number;
  slowestTest: string;
  slowestMs: number;
}

/**
 * Follows a run of test files and gives a function that tells, once it has ended, which took longest: a line a file, with
 * the seconds of its tests, and the slowest of them. When a process starts and ends, the runner does not tell in time.
 */
export function watchSlowestFiles(tests: TestsStream, folder: string): () => string[] {
  const files = new Map<string, FileTime>();
  tests.on('test:complete', ({ name, file, nesting, details: { duration_ms: ms } }) => {
    // The runner counts a file without tests as a test of its name.
    if (file === undefined || nesting > 0 || name === file) return;
    const time = files.get(file) ?? { ms: 0, slowestTest: name, slowestMs: 0 };
    files.set(file, time);
    time.ms += ms;
    if (ms > time.slowestMs) {
      time.slowestMs = ms;
      time.slowestTest = name;
    }
  });

  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return () =>
    [...files]
      .sort(([, a], [, b]) => b.ms - a.ms)
      .slice(0, LISTED)
      .map(
        ([file, { ms, slowestTest, slowestMs }]) =>
          `${seconds(ms).padStart(8)}  ${relative(folder, file)}, of it ${seconds(slowestMs)} "${slowestTest}"`,
      );
}
