import type { Manifest } from '../shared/manifest.js';
import type { FolderFacts } from '../shared/runFiles.js';

/** What it takes to keep what devices measure. */
export interface RunKeeper {
  readonly manifest: FolderFacts & Pick<Manifest, 'model'>;
  /** Holds the folders of all runs. */
  readonly outputFolder: string;
}
