import type { Upload } from '../shared/upload.js';

/** A run that this page has measured. */
export interface OwnRun {
  /** The name of its folder. */
  readonly folder: string;
  readonly upload: Upload;
}
