import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SHORT_CONF, SIX_PAIRS, startNode } from '../../cli/loadgen.js';
import type { KilledCommand } from './killedCommand.js';
import { faultOfRun, faultOfWholeRun } from './runFolderFaults.js';

const PROGRAM = fileURLToPath(new URL('./submitSteps.js', import.meta.url));

/** The steps of `submit-run`, with settings that are too short for a submission. */
export const submitRun: KilledCommand = {
  name: 'submit-run',
  exitCodes: [0],
  repeats: false,
  prepare: async (folder) => {
    writeFileSync(join(folder, 'pairs.txt'), SIX_PAIRS);
    writeFileSync(join(folder, 'user.conf'), SHORT_CONF);
  },
  start: (cwd, env) => startNode([PROGRAM], { cwd, env }),
  hasBegun: (_, running) => running.printed('expected rates'),
  faultOfRest: (folder, wasDone) => faultOfRun(join(folder, 'out'), wasDone),
  faultOfWhole: (folder) => faultOfWholeRun(join(folder, 'out')),
};
