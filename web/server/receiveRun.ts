/** Takes what a device has measured: checks it like any run of others, and only then keeps it. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../base/errors.js';
import { decodeJson, printable } from '../../base/text.js';
import { makeFolder } from '../../platform/node/files.js';
import { RequestFault } from '../../platform/node/httpServer.js';
import type { MeasuredRun } from '../../reports/figures/measureRun.js';
import { writing } from '../../runs/runFolder.js';
import { runFolderName } from '../shared/runFolderName.js';
import { type Upload, uploadSchema } from '../shared/upload.js';
import { type BenchmarkFacts, checkUpload } from './checkUpload.js';
import { writeUpload } from './writeUpload.js';

/** Deeper than any upload is. */
const MAX_DEPTH = 8;

/** What it takes to keep what devices measure. */
export interface RunKeeper {
  readonly manifest: BenchmarkFacts;
  /** Holds the folders of all runs. */
  readonly outputFolder: string;
}

/**
 * Keeps a run in a folder of its own, whose name and files' names are chosen here.
 *
 * @returns its figures, as its logs state them
 * @throws RequestFault if it is not a run of this page; nothing is left of it then
 * @throws RUN_FOLDER if it cannot be kept
 */
export async function receiveRun(body: Uint8Array, keeper: RunKeeper): Promise<MeasuredRun> {
  const upload = parseUpload(body);
  const { outputFolder } = keeper;
  let staging = '';
  writing(outputFolder, () => {
    makeFolder(outputFolder);
    staging = mkdtempSync(join(outputFolder, '.receiving-'));
  });
  try {
    writeUpload(staging, upload, keeper.manifest);
    const measured = await checkUpload(staging, upload, keeper.manifest);
    const folder = freeFolder(outputFolder, upload);
    writing(folder, () => renameSync(staging, folder));
    return { ...measured, run: { ...measured.run, folder } };
  } catch (thrown) {
    rmSync(staging, { recursive: true, force: true });
    throw thrown;
  }
}

function parseUpload(body: Uint8Array): Upload {
  let json: unknown;
  try {
    json = decodeJson(new TextDecoder('utf-8', { fatal: true }).decode(body), undefined, MAX_DEPTH);
  } catch (thrown) {
    throw new RequestFault(`found what is not JSON, expected a run: ${printable(messageOf(thrown), 100)}`);
  }
  const { data, error } = uploadSchema.safeParse(json);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new RequestFault(`not a run: ${printable(`${issue?.path.join('.')}: ${issue?.message}`, 200)}`);
}

/** With a number behind its name where there is one of that already. */
function freeFolder(outputFolder: string, upload: Upload): string {
  const name = runFolderName(upload);
  const names = Array.from({ length: 1000 }, (_, index) => (index === 0 ? name : `${name}-${index + 1}`));
  const free = names.map((each) => join(outputFolder, each)).find((path) => !existsSync(path));
  if (free === undefined) throw new RequestFault('too many runs within a second', 503);
  return free;
}
