/**
 * How long the command line takes to print its help, and a program to import the package, beside a program that does nothing:
 * `node dist/bench/startUp.js [ROUNDS]`, after `npm run build`. Medians of runs in turns, and of the ratios to the bare one.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from 'd3-array';
import { monotonicClock } from '../platform/node/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DEFAULT_ROUNDS = 9;

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'loadgen --help': ['dist/cli/main.js', '--help'],
  "import 'sphereface-loadgen'": ['--input-type=module', '-e', "import 'sphereface-loadgen'"],
};

const rounds = Number(process.argv[2] ?? DEFAULT_ROUNDS);
const names = Object.keys(PROGRAMS);
const [bare = ''] = names;
const times = new Map(names.map((name): [string, number[]] => [name, []]));
// One that does not count has V8 fill its cache.
for (let round = 0; round <= rounds; round++) {
  for (const [name, args] of Object.entries(PROGRAMS)) {
    const startedNs = monotonicClock.nowNs();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    if (round > 0) times.get(name)?.push((monotonicClock.nowNs() - startedNs) / 1e6);
  }
}
console.log(`Node.js ${process.version}, medians of ${rounds}`);
for (const [name, ofName] of times) {
  const ratio = (median(ofName) ?? 0) / (median(times.get(bare) ?? []) ?? 0);
  console.log(`${name}: ${(median(ofName) ?? 0).toFixed(0)} ms, ${ratio.toFixed(2)} times ${bare}`);
}
