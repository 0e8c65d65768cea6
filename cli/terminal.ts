import pc from 'picocolors';

/** Whether what is printed there may be coloured: only on a terminal, and not where the user has said no. */
export function hasColor(stream: Pick<NodeJS.WriteStream, 'isTTY'>): boolean {
  return stream.isTTY === true && pc.isColorSupported;
}

/** Makes a text red where that may be. */
export function red(stream: NodeJS.WriteStream, text: string): string {
  return pc.createColors(hasColor(stream)).red(text);
}

/** The progress bars on the terminal: what ends them all need not load what draws them. */
export const shownBars = new Set<{ stop(): void }>();

/** Ends whatever bars there are: they would be drawn over what is printed next. */
export function endProgressBars(): void {
  for (const bar of shownBars) bar.stop();
  shownBars.clear();
}
