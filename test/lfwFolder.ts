/** LFW for tests, when it is there: in the folder named by LFW_DIR, or in ../shared/lfw beside the project. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const candidates = [process.env.LFW_DIR, fileURLToPath(new URL('../../../shared/lfw', import.meta.url))];
const found = candidates.find((folder) => folder !== undefined && existsSync(join(folder, 'pairs.txt')));

/** Empty if it is not there. */
export const lfwFolder = found ?? '';

/** Options of a test. */
export const needsLfw = { skip: found === undefined && 'LFW is not there: set LFW_DIR to its folder' };
