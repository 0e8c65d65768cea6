import pc from 'picocolors';

/** Whether what is printed there may be coloured: only on a terminal, and not where the user has said no. */
export function hasColor(stream: Pick<NodeJS.WriteStream, 'isTTY'>): boolean {
  return stream.isTTY === true && pc.isColorSupported;
}

/** Makes a text red where that may be. */
export function red(stream: NodeJS.WriteStream, text: string): string {
  return pc.createColors(hasColor(stream)).red(text);
}
