/** Runs `loadgen run` with a hostile system and says what was not right. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess, markedProcesses } from '../../../platform/node/markedProcesses.js';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { MEASURING_SUFFIX } from '../../../runs/layout.js';
import { type Ended, start } from '../../cli/loadgen.js';
import { faultOfTestLogs } from '../testLogs.js';
import type { HostileCase } from './hostileCase.js';

const LIMIT_MS = 60_000;
const MARK = 'HOSTILE_CASE';
const PACKAGE_JSON = fileURLToPath(new URL('../../../../package.json', import.meta.url));
const USER_CONF = `*.*.min_duration = 300
*.*.min_query_count = 100
*.SingleStream.target_latency = 3
*.Server.target_qps = 50
*.Server.target_latency = 100
*.Offline.target_qps = 100
`;
const RUN = [
  ...['run', '--pairs', '3', '--scenario', 'SingleStream', '--user-conf', 'u.conf'],
  ...['--start-timeout', '6', '--response-timeout', '4'],
];

/** @returns what was not right; undefined if all was */
export async function runHostileCase(
  { codes, source, args }: HostileCase,
  folder: string,
): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'u.conf'), USER_CONF);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'plugin.js'), source.replace('PACKAGE_JSON', PACKAGE_JSON));
  const output = join(folder, 'out');
  // Plugins of a folder that was named may know it as OUTF.
  const env = { [MARK]: folder, HOSTILE_OUTPUT: output, OUTF: output, NODE_OPTIONS: '--max-old-space-size=600' };
  const overridden = RUN.filter((word, index) => !args.includes(word) && !args.includes(RUN[index - 1] ?? ''));
  const run = start([...overridden, '--sut', './plugin.js', '--output', output, ...args], { cwd: folder, env });
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    run.process.kill('SIGKILL');
    for (const pid of markedProcesses(MARK, folder)) endProcess(pid);
  }, LIMIT_MS);
  const ended = await run.ended;
  clearTimeout(limit);
  const left = markedProcesses(MARK, folder);
  for (const pid of left) endProcess(pid);
  writeFileSync(join(folder, 'stderr.txt'), ended.stderr.slice(0, 100_000));
  writeFileSync(join(folder, 'stdout.txt'), ended.stdout);
  if (hung) return `did not end within ${LIMIT_MS / 1000} s`;
  if (left.length > 0) return `${left.length} processes left behind`;
  if (ended.exitCode === null || !codes.includes(ended.exitCode))
    return `exit code ${ended.exitCode}, expected ${codes.join(' or ')}`;
  return (await faultOfLogs(output, ended.exitCode)) ?? faultOfMessage(ended);
}

/** Logs are complete, or not in their place; INVALID where that is the exit code. */
async function faultOfLogs(output: string, exitCode: number): Promise<string | undefined> {
  if (exitCode === 1) return undefined;
  const names = existsSync(output) ? readdirSync(output, { recursive: true, encoding: 'utf8' }) : [];
  const folders = names
    .filter((name) => name.endsWith('mlperf_log_summary.txt') && !name.includes(MEASURING_SUFFIX))
    .map((name) => join(output, name, '..'));
  if (exitCode === 2) return folders.length === 0 ? undefined : 'exit code 2 with a test in its place';
  if (names.some((name) => name.endsWith(MEASURING_SUFFIX))) return 'left the folder of a test that has not ended';
  const fault = folders.map(faultOfTestLogs).find((one) => one !== undefined);
  if (fault !== undefined) return fault;
  const { tests } = await readRunResult(output);
  const invalid = tests.filter((test) => test.validity === 'INVALID');
  if ((exitCode === 3) !== invalid.length > 0) return `exit code ${exitCode} with ${invalid.length} INVALID tests`;
  return invalid.every((test) => test.invalidReasons.length > 0) ? undefined : 'INVALID without a reason';
}

function faultOfMessage({ exitCode, stdout, stderr }: Ended): string | undefined {
  if (/^Unexpected error/m.test(stderr)) return 'an unexpected error';
  if (exitCode === 0 || /^Error [A-Z_]+: ./m.test(stderr) || /INVALID/.test(stdout)) return undefined;
  return 'no reason on standard error';
}
