import type { HasEnd } from '../../fetch/testServer.js';
import { audit } from './audit.js';
import { fetchFrom, startThingServer } from './fetch.js';
import type { KilledCommand } from './killedCommand.js';
import { run } from './run.js';
import { submissionAdd } from './submissionAdd.js';
import { submitRun } from './submitRun.js';

interface NamedCommand {
  readonly name: string;
  /** Starts what the command needs beside it, which ends with `t`. */
  readonly open: (t: HasEnd) => Promise<KilledCommand>;
}

export const KILLED_COMMANDS: readonly NamedCommand[] = [
  ...[run, submitRun, audit, submissionAdd].map((command) => ({ name: command.name, open: async () => command })),
  { name: 'fetch', open: async (t) => fetchFrom(await startThingServer(t)) },
];
