/** What the operating system says. Apart from files.ts, since each command needs this to start, and not what reads and writes. */
const HINT_OF_SYSTEM_CODE: Partial<Record<string, string>> = {
  ENOSPC: 'The disk is full: make room, then run the command again.',
  EDQUOT: 'Your quota is used up: make room, then run the command again.',
  EFBIG: 'Files may not become that large here: raise the limit (ulimit -f), then run the command again.',
  EMFILE: 'Too few files may be open at a time: raise the limit (ulimit -n), then run the command again.',
  ENFILE: 'The machine has too many files open: close some, then run the command again.',
};

/** What to do about an error that is the machine's, whatever was read or written; undefined for all others. */
export function hintOfMachine(thrown: unknown): string | undefined {
  return HINT_OF_SYSTEM_CODE[systemCodeOf(thrown) ?? ''];
}

/** `ENOENT` and the like; undefined for any error that is not the operating system's. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
