import type { DownloadProgress } from '../fetch/downloadAttempt.js';
import { startProgressBar } from './progressBar.js';

/** Before this there is nothing to judge a rate by. */
const MIN_ELAPSED_MS = 500;

/**
 * A bar with rate and time left on a terminal, elsewhere nothing. `startBytes` are there before: they count for how far
 * it is, not for the rate. Without a total it shows the rate alone.
 */
export function startDownloadBar(
  fileName: string,
  startBytes: number,
  totalBytes: number | undefined,
): DownloadProgress {
  if (process.stderr.isTTY !== true) return { update: () => {}, stop: () => {} };
  const bar = startProgressBar(fileName);
  const startMs = performance.now();
  return {
    update: (bytes) => {
      const share = totalBytes === undefined ? 0 : bytes / totalBytes;
      const leftBytes = totalBytes === undefined ? undefined : totalBytes - bytes;
      bar.update(share, rateText(bytes - startBytes, performance.now() - startMs, leftBytes));
    },
    stop: () => bar.stop(),
  };
}

/** ` | 12.3 MB/s | 1:05 left`, if it goes on as before; at most 25 characters: what is left of 80 columns. */
export function rateText(receivedBytes: number, elapsedMs: number, leftBytes: number | undefined): string {
  if (elapsedMs < MIN_ELAPSED_MS || receivedBytes === 0) return '';
  const bytesPerSecond = (receivedBytes * 1000) / elapsedMs;
  const [value, unit] = bytesPerSecond < 1e5 ? [bytesPerSecond / 1e3, 'kB/s'] : [bytesPerSecond / 1e6, 'MB/s'];
  const rate = ` | ${value.toFixed(value < 99.95 ? 1 : 0)} ${unit}`;
  if (leftBytes === undefined || leftBytes <= 0) return rate;
  return `${rate} | ${durationText(Math.ceil(leftBytes / bytesPerSecond))} left`;
}

/** `1:05`, and from 100 minutes on only hours: `2 h`. */
function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 100) return `${Math.round(minutes / 60)} h`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}
