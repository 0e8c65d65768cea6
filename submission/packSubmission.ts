import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Header, Pack, ReadEntry } from 'tar';
import { LoadGenError } from '../base/errors.js';
import { sha256Of, writeError } from '../platform/node/files.js';
import { checkSubmission } from './checkSubmission.js';
import { type Finding, faultsIn, findingText } from './finding.js';
import { listTree } from './tree.js';

export const CHECKSUMS_NAME = 'SHA256SUMS';
const LISTED_FINDINGS = 10;

export interface PackRequest {
  readonly tree: string;
  /** The archive: a .tar.gz file. */
  readonly output: string;
  /** Whether an archive that is there is replaced. */
  readonly overwrite: boolean;
  /** Whether to pack a tree that has findings, for others to look at. */
  readonly withFindings: boolean;
  /** Names that may not be published, such as the host's and the user's. */
  readonly privateNames: readonly string[];
  /** When aborted, nothing is left of the archive. */
  readonly signal?: AbortSignal;
}

export interface PackResult {
  readonly output: string;
  readonly files: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly findings: readonly Finding[];
}

/**
 * Packs a submission into one archive, with the digests of all files in `SHA256SUMS`. The same tree gives the same
 * archive: files are sorted, and owners, times and modes are left out.
 *
 * @throws LoadGenError `SUBMISSION_FINDINGS` with exit code 3, `SUBMISSION_PACK`, `SUBMISSION_TREE`
 */
export async function packSubmission(request: PackRequest): Promise<PackResult> {
  const { tree, output, overwrite, withFindings, privateNames, signal } = request;
  const { findings } = await checkSubmission({ tree, privateNames });
  const faults = faultsIn(findings);
  if (faults.length > 0 && !withFindings) throw findingsError(tree, faults);
  if (!relative(resolve(tree), resolve(output)).startsWith('..')) {
    throw packError(`${output} lies in the tree; expected a place outside of it`, 'Choose another with --output.');
  }
  if (existsSync(output) && !overwrite) throw packError(`${output} is there already`, 'Overwrite it with --force.');
  const files = [...(await listTree(tree))].filter(([, { kind }]) => kind === 'file').map(([path]) => path);
  // In a folder of its own, so that no file of the user's has the name of what is half written.
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(dirname(resolve(output)), '.pack-'));
    const partial = join(folder, 'archive');
    await writeArchive(tree, files.toSorted(), partial, signal);
    await rename(partial, output);
  } catch (thrown) {
    signal?.throwIfAborted();
    throw writeError('SUBMISSION_WRITE', output, thrown);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(output), hash);
  const { size } = await stat(output);
  return { output, files: files.length, bytes: size, sha256: hash.digest('hex'), findings };
}

function findingsError(tree: string, findings: readonly Finding[]): LoadGenError {
  const listed = findings.slice(0, LISTED_FINDINGS).map((finding) => `\n  ${findingText(finding)}`);
  const more = findings.length > LISTED_FINDINGS ? `\n  and ${findings.length - LISTED_FINDINGS} more` : '';
  return new LoadGenError('SUBMISSION_FINDINGS', `${tree} has findings, and is not packed:${listed.join('')}${more}`, {
    hint: '"loadgen submission check" lists all; --with-findings packs the tree as it is.',
  });
}

function packError(message: string, hint: string): LoadGenError {
  return new LoadGenError('SUBMISSION_PACK', message, { hint });
}

/** Each file is read once, so that its digest is that of the bytes in the archive. */
async function writeArchive(
  tree: string,
  files: readonly string[],
  output: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pack = new Pack({ gzip: { level: 9 }, portable: true });
  // Both at once: writing may fail while files are still read.
  await Promise.all([pipeline(pack, createWriteStream(output), { signal }), addFiles(pack, tree, files, signal)]);
}

async function addFiles(
  pack: Pack,
  tree: string,
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const checksums: string[] = [];
  for (const path of files) {
    signal?.throwIfAborted();
    const content = await readFile(join(tree, path.replaceAll('/', sep)));
    checksums.push(`${sha256Of(content)}  ${path}\n`);
    addEntry(pack, path, content);
  }
  addEntry(pack, CHECKSUMS_NAME, Buffer.from(checksums.join('')));
  pack.end();
}

function addEntry(pack: Pack, path: string, content: Buffer): void {
  const entry = new ReadEntry(
    new Header({ path, size: content.length, mode: 0o644, mtime: new Date(0), type: 'File' }),
  );
  pack.add(entry);
  entry.end(content);
}
