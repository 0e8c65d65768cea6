/** `logicalProcessors` and `logical_processors` as people write it: `logical processors`. */
export function wordsOf(key: string): string {
  return key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replaceAll(/\w+/g, (word) => NAMES[word] ?? word);
}

const NAMES: Readonly<Record<string, string>> = { sha256: 'SHA-256', loadgen: 'LoadGen' };
