/** Archives of runs, as a page saves them, unpacked for as long as they are read. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { LoadGenError, messageOf } from '../base/errors.js';
import { printable } from '../base/text.js';
import { TEST_SCENARIOS } from '../loadgen/settings/testSettings.js';
import { ACCURACY_LOG_NAME } from '../logs/accuracy/read.js';
import { DETAIL_LOG_NAME } from '../logs/detail/read.js';
import { LATENCY_LOG_NAME } from '../logs/latencies/read.js';
import { SUMMARY_LOG_NAME } from '../logs/summary/read.js';
import { makeFolder, writing } from '../platform/node/files.js';
import {
  ACCURACY_FOLDER,
  JUDGING_JSON,
  MLPERF_CONF,
  PAIRS_JSON,
  PERFORMANCE_FOLDER,
  RUN_JSON,
  USER_CONF,
} from './layout.js';

/** A run of 600 pairs is 10 MB, half of it when compressed. */
const MAX_ARCHIVE_BYTES = 256 << 20;
const MAX_BYTES = 512 << 20;
const MAX_ENTRIES = 2000;

const TEST_FILES = [
  ...[SUMMARY_LOG_NAME, DETAIL_LOG_NAME, ACCURACY_LOG_NAME, LATENCY_LOG_NAME],
  ...[PAIRS_JSON, JUDGING_JSON],
];
/** What a page saves of a run, below the run's folder. */
const RUN_FILES: ReadonlySet<string> = new Set([
  ...[RUN_JSON, MLPERF_CONF, USER_CONF],
  ...TEST_SCENARIOS.flatMap((scenario) =>
    [ACCURACY_FOLDER, PERFORMANCE_FOLDER].flatMap((folder) =>
      TEST_FILES.map((name) => `${scenario}/${folder}/${name}`),
    ),
  ),
]);
/** A run's folder, which a page names by letters, digits and dashes, and a file in it. */
const ENTRY = /^([\w-]{1,200})\/(.*)$/s;

export class UnpackedArchives {
  readonly #archives = new Map<string, string>();

  /**
   * Where to read what `path` names: a folder is read where it lies.
   *
   * @throws REPORT_ARCHIVE if it is a file, and no archive of a page
   */
  async folderOf(path: string): Promise<string> {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true) return path;
    const files = unzip(path, found.size);
    const folder = await writing('REPORT_WRITE', 'a temporary folder', () =>
      mkdtemp(join(tmpdir(), 'loadgen-archive-')),
    );
    this.#archives.set(folder, path);
    for (const [name, content] of files) {
      const file = join(folder, name);
      await writing('REPORT_WRITE', file, async () => {
        makeFolder(dirname(file));
        await writeFile(file, content);
      });
    }
    return folder;
  }

  /** A text that has paths in it, with the archives' own in place of where they were unpacked. */
  told(text: string): string {
    let told = text;
    for (const [folder, path] of this.#archives) {
      for (const spelled of [folder, folder.replaceAll('\\', '/')]) told = told.replaceAll(spelled, path);
    }
    return told;
  }

  remove(): void {
    for (const folder of this.#archives.keys()) rmSync(folder, { recursive: true, force: true });
  }
}

function unzip(path: string, bytes: number): [name: string, content: Uint8Array][] {
  if (bytes > MAX_ARCHIVE_BYTES)
    throw archiveError(path, `found ${bytes} bytes, expected at most ${MAX_ARCHIVE_BYTES}`);
  const sizes = new Map<string, number>();
  let totalBytes = 0;
  try {
    const files = unzipSync(readFileSync(path), {
      filter({ name, originalSize }) {
        const shown = `the entry ${printable(JSON.stringify(name), 100)}`;
        if (!RUN_FILES.has(ENTRY.exec(name)?.[2] ?? '')) throw archiveError(path, `${shown} is no file of a run`);
        if (sizes.has(name)) throw archiveError(path, `${shown} is there twice`);
        sizes.set(name, originalSize);
        totalBytes += originalSize;
        if (totalBytes > MAX_BYTES) throw archiveError(path, `its files have more than ${MAX_BYTES} bytes`);
        if (sizes.size > MAX_ENTRIES) throw archiveError(path, `it has more than ${MAX_ENTRIES} files`);
        return true;
      },
    });
    const entries = Object.entries(files);
    const short = entries.find(([name, { length }]) => length !== sizes.get(name));
    if (short !== undefined) throw new RangeError(`${short[0]} ends early`);
    return entries;
  } catch (thrown) {
    throw thrown instanceof LoadGenError ? thrown : archiveError(path, `it is damaged: ${messageOf(thrown)}`, thrown);
  }
}

function archiveError(path: string, what: string, cause?: unknown): LoadGenError {
  return new LoadGenError('REPORT_ARCHIVE', `${path} is no archive (zip) that a page saves: ${what}`, {
    hint: 'Name the archive as the page saved it, or a folder of runs.',
    cause,
  });
}
