import pc from 'picocolors';

/** Whether what is printed there may be coloured: only on a terminal, and not where the user has said no. */
export function hasColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && pc.isColorSupported;
}
