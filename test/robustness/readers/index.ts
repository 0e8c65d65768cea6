import type { DamagedReader } from '../damagedReader.js';
import { engineReaders } from './engines.js';
import { modelReaders } from './models.js';

export const READERS: readonly DamagedReader[] = [...modelReaders, ...engineReaders];
