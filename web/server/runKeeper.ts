import type { ConfigPaths } from '../../runs/configCopies.js';
import type { Judging } from '../../runs/judging.js';
import type { LabelledPair } from '../../runs/pairs.js';
import type { Manifest } from '../shared/manifest.js';

/** What it takes to keep what devices measure. */
export interface RunKeeper {
  readonly manifest: Pick<Manifest, 'packageVersion' | 'network' | 'model' | 'dataset'>;
  /** Holds the folders of all runs. */
  readonly outputFolder: string;
  readonly confs: ConfigPaths;
  readonly pairs: readonly LabelledPair[];
  readonly judging: Judging;
}
