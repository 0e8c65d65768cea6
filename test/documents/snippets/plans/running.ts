/** The documents about running the benchmark. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../../cli/benchmark/settings.js';
import { packageFile } from '../../../../platform/node/packages.js';
import { virtualRun } from '../../../submission/virtualRun.js';
import { commands, outputOf, type Plan, runBy, runs } from '../treatment.js';

const QUICK = 'npx loadgen run --quick --sut ./examples/own-engine/engine.js --unverified';
/** Of what a run takes seconds for. */
const ACCURACY = '--mode AccuracyOnly --scenario Offline';
const TOY = '--sut ./examples/own-engine/engine.js --unverified';
/** A line that the table of a toy has. */
const UNVERIFIED = { without: /^│ Unverified/ };
const LOGS = ['accuracy.json', 'detail.txt', 'latencies_ns.bin', 'summary.txt', 'trace.json'];
const LFW = 'needs LFW from the network';
const FULL_LENGTH = 'takes twenty minutes, on LFW';

export const RUNNING: Readonly<Record<string, Plan>> = {
  'README.md': {
    prepare: async (place) => {
      place.addFaces('faces');
      for (const name of ['before', 'after']) await virtualRun(place.pathOf(`runs/${name}`), { audits: false });
    },
    snippets: [
      commands({
        'git clone <this repository> && cd sphereface-loadgen': 'the clone is where this test runs',
        'npm start':
          'installs and builds; then it is the run that the example of a plugin makes below, with another engine',
      }),
      outputOf(QUICK, UNVERIFIED),
      commands({
        'npx loadgen fetch lfw && npx loadgen run --dataset lfw': LFW,
        'npx loadgen suts --install onnxruntime': runBy('test/package/installed.test.ts'),
        'npx loadgen run --quick --sut onnxruntime':
          'takes a minute; the last of these commands differs in the engine only',
        'npx loadgen pairs ~/faces --output ~/faces/pairs.txt': runs({ leaves: ['home/faces/pairs.txt'] }),
        'npx loadgen compare runs/before runs/after': runs({ prints: /│ SingleStream .* Verdict/ }),
        [QUICK]: runs(),
      }),
      { language: 'ts', unchecked: runBy('test/documents/readmeExample.test.ts') },
    ],
  },
  'examples/README.md': {
    snippets: [
      ...['singleStream', 'multiStream', 'server', 'offline'].map((name) =>
        commands({
          [`node examples/library/${name}.js logs`]: runs({ leaves: LOGS.map((log) => `logs/mlperf_log_${log}`) }),
        }),
      ),
      commands({ 'npx loadgen report logs --output report.html': runs({ leaves: ['report.html'] }) }),
      commands({
        'npx esbuild examples/browser/page.js examples/browser/worker.js --bundle --format=esm --outdir=site': runBy(
          'test/platform/browser/example.test.ts',
        ),
        'cp examples/browser/index.html site': runBy('test/platform/browser/example.test.ts'),
      }),
      commands({
        [QUICK]: runs(),
        'node --test examples/own-engine/engine.test.js': runBy('test/cli/pluginRuns.test.ts'),
      }),
    ],
  },
  'docs/data.md': {
    prepare: (place) => place.addFaces('faces'),
    snippets: [
      commands({
        'npx loadgen fetch lfw': LFW,
        [`npx loadgen run --dataset lfw ${ACCURACY}`]: LFW,
      }),
      outputOf(`npx loadgen run --dataset ~/faces ${ACCURACY} ${TOY}`, UNVERIFIED),
      commands({
        'npx loadgen pairs ~/faces --output ~/faces/pairs.txt': runs({ leaves: ['home/faces/pairs.txt'] }),
        // The whole benchmark takes twenty minutes.
        'npx loadgen run --dataset ~/faces': runs({ with: `${ACCURACY} ${TOY}` }),
      }),
      commands({
        'npx loadgen fetch lfw --from lfw.tgz --from pairs.txt': 'takes the true LFW only',
        'npx loadgen fetch all --mirror https://mirror.example/lfw/': 'needs a server with the true files',
      }),
    ],
  },
  'docs/errors.md': {
    snippets: [
      {
        language: '',
        check: async ({ code }, place) => {
          const cache = '.cache/sphereface-loadgen';
          const env = { SPHEREFACE_LOADGEN_CACHE: join(place.home, cache) };
          const { exitCode, stderr } = await place.run('npx loadgen run --dataset lfw', env);
          assert.equal(exitCode, 2);
          // On a busy machine it is said before what is waited for.
          assert.ok(stderr.endsWith(code.replace('/home/me', place.home)), stderr);
        },
      },
    ],
  },
  'docs/run-folder.md': {
    prepare: (place) => virtualRun(place.pathOf('runs/mine'), { audits: false }),
    snippets: [
      {
        language: '',
        check: async ({ code }, place) => {
          const run = /^Logs: (.*)$/m.exec((await place.run(QUICK)).stdout)?.[1] ?? '';
          const [, ...lines] = code.trim().split('\n');
          const shown = lines.flatMap((line) => line.trim().split(/ {2,}/)[0]?.split(', ') ?? []);
          const left = readdirSync(place.pathOf(run), { recursive: true, encoding: 'utf8' });
          // A quick run takes no user.conf, and measures accuracy in Offline alone.
          const missing = shown
            .map((name) => name.replace(/\/(\.\.\.)?$/, ''))
            .filter((name) => !['user.conf', 'SingleStream/accuracy', ...left].includes(name));
          assert.deepEqual(missing, [], left.join('\n'));
        },
      },
      commands({
        'npx loadgen run --json > result.json': runBy('test/cli/results.test.ts'),
        'npx loadgen export runs/mine --json --trace': runs({
          leaves: ['runs/mine/result.json', 'runs/mine/SingleStream/performance/run_1/trace.perfetto.json'],
        }),
      }),
    ],
  },
  'docs/settings.md': {
    snippets: [
      commands({ 'npx loadgen run --dataset ~/lfw --user-conf user.conf': FULL_LENGTH }),
      {
        language: '',
        check: ({ code }, place) => {
          place.write('settings/user.conf', code);
          const confs = { mlperfConf: packageFile('mlperf.conf'), userConf: place.pathOf('settings/user.conf') };
          const read = (scenario: 'Offline' | 'SingleStream') =>
            readSettings(scenario, 'PerformanceOnly', 'sphereface20', confs).settings;
          assert.equal(read('Offline').offlineExpectedQps, 4);
          assert.equal(read('SingleStream').singleStreamExpectedLatencyNs, 400e6);
        },
      },
    ],
  },
};
