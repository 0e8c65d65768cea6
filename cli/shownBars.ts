/** The progress bars on the terminal: what ends them all need not load what draws them. */
export const shownBars = new Set<{ stop(): void }>();

/** Ends whatever bars there are: they would be drawn over what is printed next. */
export function endProgressBars(): void {
  for (const bar of shownBars) bar.stop();
  shownBars.clear();
}
