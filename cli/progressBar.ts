import { SingleBar } from 'cli-progress';

export interface ProgressBar {
  /** How far it is, from 0 to 1. */
  update(share: number): void;
  stop(): void;
}

/** A bar with the time left on standard error where that is a terminal, elsewhere only a line with the label. */
export function startProgressBar(label: string): ProgressBar {
  if (process.stderr.isTTY !== true) {
    console.error(`${label} …`);
    return { update: () => {}, stop: () => {} };
  }
  const total = 1000;
  const bar = new SingleBar({
    format: `${label.padEnd(26)} [{bar}] {percentage} % | {eta_formatted} left`,
    barsize: 20,
    stream: process.stderr,
    hideCursor: true,
    etaBuffer: 20,
  });
  bar.start(total, 0);
  return {
    update: (share) => bar.update(Math.round(share * total)),
    stop: () => bar.stop(),
  };
}
