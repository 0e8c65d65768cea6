import type { Finding } from './finding.js';

/** What may not be published: paths that name a user or a place on a disk, and addresses of network cards. */
const PRIVATE = [
  /(?<![\w.:/-])\/(?:home|Users|root|tmp|mnt|media|private|work|workspace|var|srv|opt)\/[^\s"',;)]{1,80}/,
  /\b[A-Za-z]:\\{1,2}[^\s"',;)]{1,80}/,
  /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/i,
];

/** Names that are on every machine, and words of the logs. */
const COMMON_NAMES = new Set(['root', 'user', 'admin', 'localhost', 'node', 'ubuntu', 'debian', 'linux', 'mlperf']);
const MIN_NAME_LENGTH = 4;

/** Where a text names its owner: a user's path, an address, or one of these names (of the host, of the user). */
export function privateFindings(file: string, text: string, privateNames: readonly string[]): Finding[] {
  const names = privateNames.filter((name) => name.length >= MIN_NAME_LENGTH && !COMMON_NAMES.has(name.toLowerCase()));
  const patterns = [...PRIVATE, ...names.map(wholeWord)];
  return text.split('\n').flatMap((line, index) =>
    patterns.flatMap((pattern) => {
      const found = pattern.exec(line)?.[0];
      if (found === undefined) return [];
      const expected = 'nothing that names the owner of the machine';
      return [{ file, line: index + 1, key: null, found: `"${found}"`, expected }];
    }),
  );
}

function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replace(/[^\w]/g, '\\$&')}(?![\\w-])`, 'i');
}
