import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const candidates = [process.env.LFW_DIR, fileURLToPath(new URL('../../../shared/lfw', import.meta.url))];

/** The folder named by LFW_DIR, or ../shared/lfw beside the project; undefined if LFW is in neither. */
export const lfwFolder = candidates.find((folder) => folder !== undefined && existsSync(join(folder, 'pairs.txt')));
export const needsLfw = { skip: lfwFolder === undefined && 'LFW is not there: set LFW_DIR to its folder' };
