/** What the tests of documents need to know of Markdown. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const NOT_OURS = new Set(['.git', 'dist', 'node_modules', 'runs']);

/** Every document of the repository, as paths from its root. */
export function documents(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return folder === '' && NOT_OURS.has(entry.name) ? [] : documents(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export function readDocument(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The targets of links and pictures, in order. */
export function linkTargets(markdown: string): string[] {
  const prose = withoutCode(markdown).replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The folders and files of this repository that a document names in its text, as `loadgen/issue/` or `base/clock.ts`. */
export function namedPaths(markdown: string): string[] {
  const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ours = new Set(
    folders
      .map(({ name }) => name)
      .filter((name) => !NOT_OURS.has(name))
      .concat('runs'),
  );
  const spans = [...withoutCode(markdown).matchAll(/`([\w-]+)(\/[\w./-]*)`/g)];
  return spans
    .filter(([, folder = '', rest = '']) => ours.has(folder) && /(\/|\.\w+)$/.test(rest))
    .map(([, folder, rest]) => `${folder}${rest}`);
}

/** What a link to each heading has behind its `#`, as GitHub makes it. */
export function headingAnchors(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^( *)```.*?^\1```$/gms, '');
}
