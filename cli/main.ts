#!/usr/bin/env node
// So that to say that too few files may be open takes one at a time: each module imports at most one that is not here
// yet, and the last asks what the standard streams are, which takes a file for good.
const { enableCompileCache } = await import('../platform/node/compileCache.js');
enableCompileCache();
const { EXIT_CODE, LoadGenError } = await import('../base/errors.js');
const { checkOpenFiles, withMachineLimit } = await import('./openFiles.js');
const { writeOutputWhole } = await import('./wholeOutput.js');
const { exitCodeOf, printError } = await import('./printError.js');

writeOutputWhole();
process.stdout.on('error', reportLostOutput);
// Nobody is left to be told.
process.stderr.on('error', () => {});

try {
  checkOpenFiles();
  // Here many are open at a time.
  const { handleInterruption } = await import('./interruption.js');
  const { runCommandLine } = await import('./commandLine.js');
  handleInterruption();
  await runCommandLine(process.argv.slice(2));
} catch (thrown) {
  const error = withMachineLimit(thrown);
  printError(error);
  process.exitCode = exitCodeOf(error);
}

/** A result that reaches nobody is none. Who reads only the beginning, as `head` does, has what was wanted. */
function reportLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  if (process.exitCode === undefined || process.exitCode === EXIT_CODE.ok) process.exitCode = EXIT_CODE.internal;
  printError(new LoadGenError('OUTPUT_WRITE', `cannot write the output: ${error.message}`));
}
