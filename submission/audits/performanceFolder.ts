import { join } from 'node:path';

/** Of the first run of a performance test, in the folder of a scenario or of an audit. */
export const PERFORMANCE_FOLDER = join('performance', 'run_1');
