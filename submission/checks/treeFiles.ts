import { join } from 'node:path';
import { TEST_SCENARIOS } from '../../loadgen/settings/testSettings.js';
import { readBoundedText, readStart } from '../../platform/node/files.js';
import { type Finding, newFinding } from '../finding.js';
import type { Division } from '../names.js';
import { DIVISIONS, isPermittedName, PERMITTED_NAMES } from '../names.js';
import { privateFindings } from '../privateText.js';
import { MAX_FILE_BYTES, submittedFiles } from '../scenarioLayout.js';
import type { TreeEntry } from '../tree.js';

type Entries = ReadonlyMap<string, TreeEntry>;

/** Findings about the files themselves: strays, links, empty or huge ones, names, and texts that name the owner. */
export async function checkTreeFiles(
  tree: string,
  entries: Entries,
  privateNames: readonly string[],
): Promise<Finding[]> {
  const filled = new Set([...entries.keys()].map((path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0))));
  const findings = [...entries].flatMap(([path, entry]) => checkEntry(path, entry, filled));
  const withCrlf: string[] = [];
  for (const [path, { kind, bytes }] of entries) {
    if (kind !== 'file' || bytes > MAX_FILE_BYTES) continue;
    const ofText = await checkText(join(tree, path), path, privateNames);
    // Source may have images and the like beside it.
    findings.push(...(isBelowSource(path) ? ofText.filter(({ line }) => line !== null) : ofText));
    if (!isBelowSource(path) && (await hasCrlf(join(tree, path)))) withCrlf.push(path);
  }
  if (withCrlf.length > 0) {
    const found = `line ends of Windows (CRLF) in ${withCrlf.length} files, such as ${withCrlf[0]}`;
    findings.push(
      newFinding('.', found, 'LF, as the LoadGen writes; Git has changed them: git config core.autocrlf false'),
    );
  }
  return findings;
}

async function hasCrlf(path: string): Promise<boolean> {
  return Buffer.from(await readStart(path, 1 << 16)).includes('\r\n');
}

/** @param filled the folders that hold something */
function checkEntry(path: string, { kind, bytes }: TreeEntry, filled: ReadonlySet<string>): Finding[] {
  const finding = (found: string, expected: string) => [newFinding(path, found, expected)];
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!isPermittedName(name)) return finding(`the name "${name}"`, PERMITTED_NAMES);
  if (kind === 'other') return finding('a link or a special file', 'regular files and folders only');
  if (kind === 'folder') {
    return filled.has(path) ? [] : finding('an empty folder', 'files in it, or no such folder');
  }
  if (!isExpectedFile(path)) return finding('a file that does not belong there', 'only the files of a submission');
  if (bytes === 0) return finding('an empty file', 'content');
  if (bytes > MAX_FILE_BYTES) return finding(`${bytes} bytes`, `at most ${MAX_FILE_BYTES}`);
  return [];
}

const ORGANIZATION = `(?<division>${DIVISIONS.join('|')})/[^/]+`;
const SCENARIO_FILE = new RegExp(`^${ORGANIZATION}/results/[^/]+/[^/]+/(?:${TEST_SCENARIOS.join('|')})/(?<name>.+)$`);
const OTHER_FILES = [
  new RegExp(`^${ORGANIZATION}/systems/[^/]+\\.json$`),
  new RegExp(`^${ORGANIZATION}/src/.+$`),
  /^open\/[^/]+\/model_mapping\.json$/,
];

function isBelowSource(path: string): boolean {
  return path.split('/')[2] === 'src';
}

function isExpectedFile(path: string): boolean {
  if (OTHER_FILES.some((pattern) => pattern.test(path))) return true;
  const { division, name = '' } = SCENARIO_FILE.exec(path)?.groups ?? {};
  const { required, optional } = submittedFiles(division === 'closed' ? 'closed' : 'open');
  return required.includes(name) || optional.includes(name);
}

export function missingFiles(scenarioFolder: string, division: Division, entries: Entries): Finding[] {
  return submittedFiles(division)
    .required.map((name) => `${scenarioFolder}/${name}`)
    .filter((path) => entries.get(path)?.kind !== 'file')
    .map((file) => newFinding(file, 'no such file', 'it in every submission'));
}

/** Published files are UTF-8 text and name nobody. A missing file is reported where it is needed. */
export async function checkText(path: string, shown: string, privateNames: readonly string[]): Promise<Finding[]> {
  const read = await readBoundedText(path, MAX_FILE_BYTES);
  if (!('fault' in read)) return privateFindings(shown, read.text, privateNames);
  if (read.fault === 'no such file') return [];
  return [newFinding(shown, read.fault, 'a text in UTF-8')];
}
