/** What is often found where a model, an image or a list was expected: a wrapping of it, or what stands for it. */
export interface ForeignContent {
  /** With its article: `a zip archive`. */
  readonly name: string;
  readonly kind: 'archive' | 'pointer' | 'page';
  /** What to do about it. */
  readonly hint: string;
}

/** Enough for every kind: tar's mark is the last, near the end of its first block. */
export const FOREIGN_CONTENT_BYTES = 512;

const UNPACK = 'Unpack it, and name what was in it.';
const PULL = 'Fetch the file itself: "git lfs pull", or "git annex get", in the repository that it comes from.';
const RELOAD = 'The server sent a page in place of the file, perhaps an error or a login: download the file again.';

/** How archives begin, as Latin-1, from this byte on. */
const ARCHIVES: readonly (readonly [name: string, start: string, offset?: number])[] = [
  ['a zip archive', 'PK\x03\x04'],
  ['a zip archive', 'PK\x05\x06'],
  ['a zip archive', 'PK\x07\x08'],
  ['a gzip archive', '\x1f\x8b'],
  ['a 7z archive', '7z\xbc\xaf\x27\x1c'],
  ['a tar archive', 'ustar', 257],
  ['a bzip2 archive', 'BZh'],
  ['an xz archive', '\xfd7zXZ\x00'],
  ['a Zstandard archive', '\x28\xb5\x2f\xfd'],
  ['a RAR archive', 'Rar!\x1a\x07'],
];
const TEXTS: readonly (readonly [name: string, kind: ForeignContent['kind'], start: RegExp, hint: string])[] = [
  ['a Git LFS pointer', 'pointer', /^version https:\/\/(git-lfs|hawser)\.github\.com\/spec\//, PULL],
  ['a git-annex pointer', 'pointer', /^\/annex\/objects\//, PULL],
  ['a web page (HTML)', 'page', /^(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body|title|meta|script)\b/is, RELOAD],
  ['an XML document', 'page', /^<(\?xml|[a-z][\w.:-]*[\s/>])/i, RELOAD],
];

/** Recognises by their first bytes archives, pointers to large files and web pages; undefined for anything else. */
export function foreignContentOf(bytes: Uint8Array): ForeignContent | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, FOREIGN_CONTENT_BYTES));
  const archive = ARCHIVES.find(([, mark, offset = 0]) => start.startsWith(mark, offset));
  if (archive !== undefined) return { name: archive[0], kind: 'archive', hint: UNPACK };
  return foreignTextOf(start);
}

/** As `foreignContentOf`, of a text: pointers and web pages. */
export function foreignTextOf(text: string): ForeignContent | undefined {
  const start = text.replace(/^(\xef\xbb\xbf|\ufeff)/, '').trimStart();
  const found = TEXTS.find(([, , pattern]) => pattern.test(start));
  return found && { name: found[0], kind: found[1], hint: found[3] };
}
