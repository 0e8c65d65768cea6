import type { DamagedReader } from '../damagedReader.js';
import { modelReaders } from './models.js';

export const READERS: readonly DamagedReader[] = [...modelReaders];
