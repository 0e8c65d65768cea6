#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';
import { EXIT_CODE, LoadGenError } from '../base/errors.js';
import { runCommandLine } from './commandLine.js';
import { handleInterruption } from './interruption.js';
import { exitCodeOf, printError } from './printError.js';
import { writeOutputWhole } from './wholeOutput.js';

writeOutputWhole();
process.stdout.on('error', reportLostOutput);
// Nobody is left to be told.
process.stderr.on('error', () => {});
handleInterruption();

try {
  await runCommandLine(hideBin(process.argv));
} catch (thrown) {
  printError(thrown);
  process.exitCode = exitCodeOf(thrown);
}

/** A result that reaches nobody is none. Who reads only the beginning, as `head` does, has what was wanted. */
function reportLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  if (process.exitCode === undefined || process.exitCode === EXIT_CODE.ok) process.exitCode = EXIT_CODE.internal;
  printError(new LoadGenError('OUTPUT_WRITE', `cannot write the output: ${error.message}`));
}
