import { type Finding, newFinding } from './finding.js';

/** What may not be published: paths that name a user or a place on a disk, and addresses of network cards. */
const PRIVATE = [
  /(?<![\w./-]|\b[A-Za-z]:)\/(?:home|Users|root|tmp|mnt|media|private|work|workspace|var|srv|opt|data|scratch|Volumes|nfs|net|storage|export)\/[^\s"',;)]{1,80}/,
  /\bfile:\/\/[^\s"',;)]{1,80}/,
  /(?<![\w.~/])~\/[^\s"',;)]{1,80}/,
  /\b[A-Za-z]:(?:\\{1,2}|\/(?!\/))[^\s"',;)]{1,80}/,
  /(?<![\w\\:])\\{2,4}[\w.-]{1,80}\\{1,2}[^\s"',;)\\]{1,80}/,
  /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/i,
];

/** Names found on every machine, and words of the logs. */
const COMMON_NAMES = new Set(['root', 'user', 'admin', 'localhost', 'node', 'ubuntu', 'debian', 'linux', 'mlperf']);
const MIN_NAME_LENGTH = 4;
/** In one file: the rest of it is not searched. */
const MAX_FINDINGS = 50;

/** Finds where a text names its owner: a user's path, an address, or one of these names (the host's, the user's). */
export function privateFindings(file: string, text: string, privateNames: readonly string[]): Finding[] {
  const names = privateNames.filter((name) => name.length >= MIN_NAME_LENGTH && !COMMON_NAMES.has(name.toLowerCase()));
  const patterns = [...PRIVATE, ...names.map(wholeWord)];
  const findings: Finding[] = [];
  const expected = 'nothing that names the owner of the machine';
  for (const [index, line] of text.split('\n').entries()) {
    for (const pattern of patterns) {
      const found = pattern.exec(line)?.[0];
      if (found !== undefined) findings.push(newFinding(file, `"${found}"`, expected, { line: index + 1 }));
    }
    if (findings.length >= MAX_FINDINGS) return findings;
  }
  return findings;
}

function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replace(/[^\w]/g, '\\$&')}(?![\\w-])`, 'i');
}
