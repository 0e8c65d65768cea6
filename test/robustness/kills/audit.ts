import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyAudit } from '../../../cli/audit/runAudit.js';
import { isAuditComplete } from '../../../cli/submitRun/isTestComplete.js';
import { loadgen, SHORT_CONF, SIX_PAIRS, start } from '../../cli/loadgen.js';
import { faultOfTestLogs } from '../testLogs.js';
import { SYSTEM } from './averagePooling.js';
import type { KilledCommand } from './killedCommand.js';
import { faultOfWholeRun } from './runFolderFaults.js';

export const audit: KilledCommand = {
  name: 'audit',
  // So short tests may differ by more than an audit allows.
  exitCodes: [0, 3],
  repeats: true,
  prepare: async (cwd) => {
    writeFileSync(join(cwd, 'pairs.txt'), SIX_PAIRS);
    writeFileSync(join(cwd, 'short.conf'), SHORT_CONF);
    const options = ['--unverified', '--workers', '0', '--user-conf', 'short.conf', '--scenario', 'Offline'];
    const args = ['run', ...SYSTEM, ...options, '--output', 'out'];
    const { exitCode, stderr } = await loadgen(args, { cwd });
    if (exitCode !== 0) throw new Error(stderr);
  },
  start: (cwd, env) => start(['audit', 'TEST01', 'out', ...SYSTEM], { cwd, env }),
  hasBegun: (_, running) => running.printed('Offline TEST01'),
  faultOfRest: (folder) => faultOfRest(join(folder, 'out')),
  faultOfWhole: async (folder) => {
    const out = join(folder, 'out');
    return (await faultOfAudit(out)) ?? faultOfWholeRun(out);
  },
};

/** The audited run is as it was, and an audit that counts as complete is. */
async function faultOfRest(out: string): Promise<string | undefined> {
  const fault = (await isAuditComplete(out, 'Offline', 'TEST01')) ? await faultOfAudit(out) : undefined;
  return fault === undefined ? faultOfWholeRun(out) : `counts as complete: ${fault}`;
}

/** An audit has whole logs, and beside them the verdict on these. */
async function faultOfAudit(out: string): Promise<string | undefined> {
  const folder = join(out, 'Offline', 'TEST01');
  const fault = faultOfTestLogs(join(folder, 'performance/run_1'));
  if (fault !== undefined) return fault;
  const { texts } = await verifyAudit(out, 'Offline', 'TEST01');
  for (const [name, text] of Object.entries(texts))
    if (readFileSync(join(folder, name), 'utf8') !== text) return `${name} is of another audit`;
  return undefined;
}
