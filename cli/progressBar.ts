import { SingleBar } from 'cli-progress';
import { shownBars } from './terminal.js';

export interface ProgressBar {
  /** How far it is, from 0 to 1; and what to say behind it in place of the time left. */
  update(share: number, note?: string): void;
  stop(): void;
}

const TOTAL = 1000;
/** Below this share there is nothing to judge the time left by. */
const MIN_SHARE = 0.005;

/** A bar with the time left on standard error where that is a terminal, elsewhere only a line with the label. */
export function startProgressBar(label: string): ProgressBar {
  if (process.stderr.isTTY !== true) {
    console.error(`${label} …`);
    return { update: () => {}, stop: () => {} };
  }
  const bar = new SingleBar({
    format: `${label.padEnd(26)} [{bar}] {percentage} %{left}`,
    barsize: 20,
    stream: process.stderr,
    hideCursor: true,
    fps: 5,
  });
  let startMs = performance.now();
  let lastShare = 0;
  shownBars.add(bar);
  bar.start(TOTAL, 0, { left: '' });
  return {
    update: (share, note) => {
      if (!shownBars.has(bar)) return;
      // A run of several series starts over with each.
      if (share < lastShare) startMs = performance.now();
      lastShare = share;
      bar.update(Math.round(share * TOTAL), { left: note ?? timeLeft(share, performance.now() - startMs) });
    },
    stop: () => {
      if (shownBars.delete(bar)) bar.stop();
    },
  };
}

/** ` | 9 min 5 s left`, if it goes on as before. */
function timeLeft(share: number, elapsedMs: number): string {
  if (share < MIN_SHARE || share >= 1) return '';
  const seconds = Math.ceil((elapsedMs * (1 - share)) / share / 1000);
  const minutes = Math.floor(seconds / 60);
  return ` | ${minutes > 0 ? `${minutes} min ` : ''}${seconds % 60} s left`;
}
