/** The small files in which Linux says what it knows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Far more than any of these files holds that is of use. */
const MAX_LENGTH = 1 << 16;

/** The number in a file of each folder whose name matches, as far as there is one. */
export function numbersOf(root: string, parent: string, pattern: RegExp, file: string): number[] {
  const names = namesIn(join(root, parent)).filter((name) => pattern.test(name));
  return names.flatMap((name) => {
    const text = textOf(root, parent, name, file);
    return text !== undefined && /^-?\d+$/.test(text) ? [Number(text)] : [];
  });
}

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Undefined where there is none that may be read, as is usual. */
export function textOf(...path: readonly string[]): string | undefined {
  try {
    return readFileSync(join(...path), 'utf8')
      .slice(0, MAX_LENGTH)
      .trim();
  } catch {
    return undefined;
  }
}
