import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIX_PAIRS, start } from '../../cli/loadgen.js';
import { SYSTEM } from './averagePooling.js';
import type { KilledCommand } from './killedCommand.js';
import { faultOfRun, faultOfWholeRun } from './runFolderFaults.js';

/** Performance tests of half a second; nothing has to be measured before. */
const CONF = `*.*.min_duration = 500
*.*.min_query_count = 100
*.Offline.target_qps = 1000
`;

export const run: KilledCommand = {
  name: 'run',
  exitCodes: [0],
  repeats: true,
  prepare: async (folder) => {
    writeFileSync(join(folder, 'pairs.txt'), SIX_PAIRS);
    writeFileSync(join(folder, 'user.conf'), CONF);
  },
  start: (cwd, env) =>
    start(
      [
        'run',
        ...SYSTEM,
        '--unverified',
        '--workers',
        '0',
        '--user-conf',
        'user.conf',
        '--scenario',
        'Offline',
        '--output',
        'out',
      ],
      {
        cwd,
        env,
      },
    ),
  hasBegun: (_, running) => running.printed('Offline accuracy'),
  faultOfRest: (folder, wasDone) => faultOfRun(join(folder, 'out'), wasDone),
  faultOfWhole: (folder) => faultOfWholeRun(join(folder, 'out')),
};
