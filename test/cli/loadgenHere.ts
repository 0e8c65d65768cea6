/**
 * Runs the command line in this process, which spares its start: most of what a command takes. What belongs to a process
 * needs one of its own (`loadgen.ts`): signals, `--help`, what a system under test prints, and that the command ends.
 */
import { tmpdir } from 'node:os';
import { runCommandLine } from '../../cli/commandLine.js';
import { withMachineLimit } from '../../cli/openFiles.js';
import { exitCodeOf, printError } from '../../cli/printError.js';
import { type Ended, environmentWith, type StartOptions } from './loadgen.js';

let lastTurn: Promise<unknown> = Promise.resolve();

/** As `loadgen`. One after another, since they share what a process has one of. */
export function loadgen(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  const turn = lastTurn.then(() => runHere(args, options));
  lastTurn = turn.catch(() => {});
  return turn;
}

async function runHere(args: readonly string[], { cwd = tmpdir(), env = {} }: StartOptions): Promise<Ended> {
  const { env: ownEnvironment, exitCode: ownExitCode, exit } = process;
  const ownFolder = process.cwd();
  const [stdout, stderr] = [captureText(process.stdout), captureText(process.stderr)];
  process.chdir(cwd);
  process.env = environmentWith(env);
  process.exitCode = undefined;
  process.exit = () => {
    throw new Error('the command ends its process: run it in one of its own');
  };
  try {
    await runCommandLine(args).catch((thrown: unknown) => {
      const error = withMachineLimit(thrown);
      printError(error);
      process.exitCode = exitCodeOf(error);
    });
    return { exitCode: Number(process.exitCode ?? 0), stdout: stdout.end(), stderr: stderr.end() };
  } finally {
    stdout.end();
    stderr.end();
    process.chdir(ownFolder);
    Object.assign(process, { env: ownEnvironment, exitCode: ownExitCode, exit });
  }
}

/** Keeps what is printed as text, until `end` returns it. What the test runner sends are bytes, which pass. */
function captureText(stream: NodeJS.WriteStream): { end(): string } {
  const { write } = stream;
  let text = '';
  const keep = (chunk: unknown, ...rest: unknown[]): boolean => {
    if (typeof chunk !== 'string') return Reflect.apply(write, stream, [chunk, ...rest]);
    text += chunk;
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  Object.assign(stream, { write: keep });
  return {
    end() {
      Object.assign(stream, { write });
      return text;
    },
  };
}
