/** The runs that this page has measured. Their logs stay here until the page is closed. */
import type { DeviceResult } from '../shared/deviceResult.js';
import type { Manifest } from '../shared/manifest.js';
import { runFolderName } from '../shared/runFolderName.js';
import type { Upload } from '../shared/upload.js';
import type { OwnRun } from './readOwnRun.js';
import { sendRun } from './send.js';

export class OwnRuns {
  readonly #manifest: Manifest;
  readonly #runs: OwnRun[] = [];
  readonly #results = new Set<DeviceResult>();

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  get count(): number {
    return this.#runs.length;
  }

  has(result: DeviceResult): boolean {
    return this.#results.has(result);
  }

  /**
   * Hands a run to whoever takes it; else reads it here. It can be saved in any case.
   *
   * @throws Error if it is not taken
   */
  async add(upload: Upload): Promise<DeviceResult> {
    const run = { folder: runFolderName(upload), upload };
    this.#runs.push(run);
    const result = this.#manifest.takesRuns
      ? await sendRun(upload)
      : await (await import('./readOwnRun.js')).readOwnRun(run, this.#manifest);
    this.#results.add(result);
    return result;
  }

  /** Hands their folders to the user, in one archive. */
  async save(): Promise<void> {
    (await import('./saveRuns.js')).saveRuns(this.#runs, this.#manifest);
  }
}
