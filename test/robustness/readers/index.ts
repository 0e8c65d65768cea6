import type { DamagedReader } from '../damagedReader.js';
import { datasetReaders } from './datasets.js';
import { engineReaders } from './engines.js';
import { modelReaders } from './models.js';
import { runReaders } from './runs.js';
import { submissionReaders } from './submissions.js';

export const READERS: readonly DamagedReader[] = [
  ...modelReaders,
  ...runReaders,
  ...datasetReaders,
  ...submissionReaders,
  ...engineReaders,
];
