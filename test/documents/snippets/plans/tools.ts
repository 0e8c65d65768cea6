/** The documents about engines, plugins, comparisons, submissions and the code. */
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePlugin } from '../../../../sut/plugins/resolvePlugin.js';
import { fillIn } from '../../../submission/submissionFolders.js';
import { virtualRun } from '../../../submission/virtualRun.js';
import { ROOT } from '../../markdown.js';
import type { Place } from '../place.js';
import { type Snippet, snippetsOf } from '../snippet.js';
import { COMPILED, commands, type Plan, partOfOutputOf, runBy, runs } from '../treatment.js';

const FULL_LENGTH = 'takes twenty minutes, on LFW';
const BEFORE_AND_AFTER = ['runs/before', 'runs/after'];
/** Of what a run takes seconds for. */
const ACCURACY = '--mode AccuracyOnly --scenario Offline --pairs 6 --unverified';
const SHORT_SERVER = '*.Server.target_qps = 2\n*.Server.min_duration = 100\n*.Server.min_query_count = 500\n';
const SYSTEM = 'tree/open/Example/systems/desktop.json';
const PLAN = `npx loadgen submit-run tree --division closed --submitter Example --system desktop --sut onnxruntime`;

export const TOOLS: Readonly<Record<string, Plan>> = {
  'docs/comparing.md': {
    prepare: async (place) => {
      const options = { scenarios: ['Server'], audits: false, userConf: SHORT_SERVER } as const;
      for (const run of BEFORE_AND_AFTER) await virtualRun(place.pathOf(run), options);
    },
    snippets: [
      commands({
        'npx loadgen duel onnxruntime onnxruntime,precision=int8':
          'takes two minutes; test/cli/duel.test.ts has short ones',
      }),
      commands({ 'npx loadgen compare runs/before runs/after': runs() }),
      partOfOutputOf('npx loadgen compare runs/before runs/after'),
      commands({
        'npx loadgen run --sut onnxruntime --repeat 5 --output runs/before':
          'takes more than an hour; test/cli/repeat.test.ts has short runs',
        'npx loadgen compare runs/before-* --against runs/after-*':
          'takes ten runs; test/reports/compare/groups/compareGroups.test.ts compares as many',
      }),
      commands({
        "npx loadgen compare runs/before-* --against runs/after-* --fail-if 'SingleStream p90 > +5%' 'accuracy < -0.5'":
          'takes ten runs; test/cli/compareGate.test.ts compares as many',
      }),
      { language: '', unchecked: 'test/cli/compareGate.test.ts looks at the line' },
      commands({
        'npx loadgen compare runs/before runs/after --html compared.html': runs({ leaves: ['compared.html'] }),
        'npx loadgen report runs/after': runs({ leaves: ['runs/after/report.html'] }),
      }),
      commands({
        'npx loadgen results runs': runs(),
        'npx loadgen results runs --html results.html': runs({ leaves: ['results.html'] }),
      }),
    ],
  },
  'docs/engines.md': {
    snippets: [
      commands({
        'npx loadgen suts --install onnxruntime': runBy('test/package/installed.test.ts'),
        'npx loadgen run --quick --sut onnxruntime': 'takes a minute',
      }),
      commands({
        'npx loadgen run --sut openvino --device GPU': 'needs a GPU; test/sut/engines/openvino.test.ts chooses devices',
        'npx loadgen duel onnxruntime onnxruntime,provider=webgpu --time 10m':
          'needs a GPU; test/sut/onnxruntime/providers.test.ts computes by WebGPU',
      }),
      commands({
        'npx loadgen tune --sut onnxruntime': 'takes minutes',
        'npx loadgen run --sut onnxruntime --user-conf user.conf --dataset ~/lfw': FULL_LENGTH,
        'npx loadgen run --sut onednn --precision int8 --dataset ~/lfw': FULL_LENGTH,
      }),
      commands({
        'npx loadgen model import sphere20a.pth --output mine.safetensors':
          'needs the published weights; test/cli/modelImport.test.ts imports others',
        'npx loadgen run --model mine.safetensors': 'takes twenty minutes',
        'npx loadgen model export --format onnx --output models': runs({ leaves: ['models/sphereface20.onnx'] }),
        'npx loadgen model export --format onnx --precision int8 --output int8': runs({
          leaves: ['int8/sphereface20.onnx'],
        }),
        'npx loadgen model export --format tflite --precision int8 --output int8': runs({
          leaves: ['int8/sphereface20.tflite'],
        }),
        'npx loadgen model export --format onnx --native-prelu --layout NCHW --batch 1 --output for-converters': runs({
          leaves: ['for-converters/sphereface20.onnx'],
        }),
        'npx loadgen model export --format triton --output repository': runs({
          leaves: ['repository/sphereface20/config.pbtxt', 'repository/sphereface20/1/model.onnx'],
        }),
        'npx loadgen model info models/sphereface20.onnx': runs({
          prints: /^inputs .*^outputs .*^operators .*^files .* SHA-256 /ms,
        }),
      }),
      commands({ 'npx loadgen run --network mobilefacenet --dataset ~/lfw': FULL_LENGTH }),
    ],
  },
  'docs/programs.md': {
    snippets: [
      commands({
        'npx loadgen run --sut ./my_engine.py': runBy('test/cli/programRuns.test.ts'),
        'npx loadgen run --sut python:my_package.engine': 'test/sut/programs/programName.test.ts reads the name',
        'npx loadgen run --sut exec:./my-engine': 'test/sut/programs/executables.test.ts runs the example in C',
        'npx loadgen duel onnxruntime ./my_engine.py': 'takes two minutes; test/cli/duel.test.ts has short ones',
      }),
      { language: 'python', unchecked: 'test/sut/programs/pythonEngines.test.ts runs it' },
    ],
  },
  'docs/more-machines.md': {
    snippets: [
      commands({
        'npx loadgen model export --format triton --output models': runs({
          leaves: ['models/sphereface20/config.pbtxt', 'models/sphereface20/1/model.onnx'],
        }),
        'tritonserver --model-repository models': runBy('test/sut/remote/servedExamples.test.ts'),
        'npx loadgen run --sut grpc://HOST:8001/v2/models/sphereface20': runBy(
          'test/sut/remote/servedExamples.test.ts',
        ),
      }),
    ],
  },
  'examples/ray-serve/README.md': {
    snippets: [
      commands({
        'npx loadgen model export --format onnx --output models': runs({
          leaves: ['models/sphereface20.onnx'],
        }),
        'cd examples/ray-serve': 'a change of folder',
        "pip install 'ray[serve]==2.60.0' onnxruntime==1.32.0": runBy('test/sut/remote/servedExamples.test.ts'),
        'serve run app:build model=../../models/sphereface20.onnx replicas=2':
          'test/sut/remote/servedExamples.test.ts starts it with a file, to set the port',
      }),
      commands({
        'npx loadgen run --scenario Offline --sut http://127.0.0.1:8000/v2/models/sphereface20': runBy(
          'test/sut/remote/servedExamples.test.ts',
        ),
      }),
      commands({
        'serve run replicas.yaml': 'takes a server with three replicas',
        'npx loadgen duel http://127.0.0.1:8000/one/v2/models/sphereface20 http://127.0.0.1:8000/two/v2/models/sphereface20 --scenario Offline':
          'takes two minutes',
      }),
    ],
  },
  'docs/browser.md': {
    snippets: [
      commands({ 'npx loadgen serve --host 0.0.0.0': runBy('test/cli/serve.test.ts') }),
      commands({ 'npx loadgen results runs': runBy('test/cli/serve.test.ts') }),
      commands({ 'npx loadgen web export site': runBy('test/cli/webExport.test.ts') }),
    ],
  },
  'docs/remote.md': {
    snippets: [
      commands({
        'npx loadgen run --sut http://HOST:8000/v2/models/NAME': runBy('test/cli/remoteRuns.test.ts'),
        'npx loadgen run --sut grpc://HOST:8001/v2/models/NAME':
          'test/sut/remote/grpcServers.test.ts asks such a server',
        'npx loadgen run --sut http://unix:/run/server.sock:/v2/models/NAME':
          'test/sut/remote/remoteName.test.ts reads the name',
        'npx loadgen duel onnxruntime http://HOST:8000/v2/models/NAME': runBy('test/cli/remoteRuns.test.ts'),
      }),
      commands({
        'npx loadgen serve-model --sut onnxruntime --host 0.0.0.0': runBy('test/cli/serveModel.test.ts'),
        'npx loadgen run --sut http://DEVICE:8080/v2/models/onnxruntime': runBy('test/cli/serveModel.test.ts'),
      }),
    ],
  },
  'docs/plugins.md': {
    prepare: (place, snippets) => {
      const [engine, system] = snippets.filter(({ language }) => language === 'ts');
      place.write('my-sut.js', engine?.code ?? '');
      place.write('my-system.js', system?.code ?? '');
    },
    snippets: [
      commands({
        // The frame computes nothing.
        'npx loadgen run --sut ./my-sut.js': runs({ with: ACCURACY, exitCode: 3, prints: /zeros alone/ }),
        'npx loadgen run --sut my-package': 'as the one above; the package that this page shows is looked up below',
        'npx loadgen run --sut @scope/my-package': 'as the one above',
      }),
      COMPILED,
      {
        language: 'ts',
        check: async (_, place) => {
          const program = `
            import { createSystemUnderTest, networkNamed } from 'sphereface-loadgen/sut';
            const sut = await createSystemUnderTest('./my-system.js', { inputs: {}, network: networkNamed('sphereface20') });
            console.log(sut.name);
            await sut.close();`;
          const { stdout, stderr } = await place.run(`node --input-type=module --eval "${program}"`);
          assert.equal(stdout, 'my system on four machines\n', stderr);
        },
      },
      {
        language: 'js',
        check: async ({ code }, place) => {
          place.write('mine/contract.test.js', code);
          cpSync(join(ROOT, 'examples/own-engine/engine.js'), place.pathOf('mine/engine.js'));
          // All cases on the same engine: test/cli/pluginRuns.test.ts.
          const { exitCode, stdout } = await place.run(
            `cd mine && node --test --test-name-pattern "^(fills all outputs|may be flushed)" contract.test.js`,
          );
          assert.equal(exitCode, 0, stdout);
          assert.match(stdout, /pass [23]$/m);
        },
      },
      {
        language: 'json',
        check: ({ code }, place) => {
          place.write('node_modules/my-engine/package.json', code);
          cpSync(place.pathOf('my-sut.js'), place.pathOf('node_modules/my-engine/engine.js'));
          assert.ok(resolvePlugin('my-engine', place.folder)?.endsWith('/my-engine/engine.js'));
        },
      },
    ],
  },
  'docs/submissions.md': {
    prepare: (place) => virtualRun(place.pathOf('runs/full'), { audits: false }),
    snippets: [
      commands({ [`${PLAN} --dataset ~/lfw-deepfunneled`]: 'takes more than an hour; its plan is looked at below' }),
      commands({
        [`${PLAN} --dataset ~/lfw-deepfunneled --plan`]: runs({ instead: ['~/lfw-deepfunneled', 'synthetic'] }),
      }),
      partOfOutputOf(`${PLAN} --dataset synthetic --plan`),
      commands({
        'npx loadgen submission init tree --division open --submitter Example --system desktop': runs({
          afterwards: (place) => fillIn(place.pathOf(SYSTEM)),
        }),
        'npx loadgen submission add runs/full --tree tree': runs(),
        'npx loadgen submission check tree': runs({ prints: /^No findings\.$/m }),
        'npx loadgen submission pack tree --output example.tar.gz': runs({ leaves: ['example.tar.gz'] }),
      }),
      commands({
        'npx loadgen audit TEST01 runs/mine': runBy('test/cli/audit.test.ts'),
        'npx loadgen audit TEST04 runs/mine --dataset ~/lfw': runBy('test/cli/audit.test.ts'),
      }),
      commands({
        'MLPERF_INFERENCE_DIR=~/inference node dist/test/runAllTests.js official/':
          'needs a clone of mlcommons/inference',
      }),
    ],
  },
  'docs/api.md': {
    prepare: async (place) => {
      for (const run of BEFORE_AND_AFTER) await virtualRun(place.pathOf(run), { audits: false });
    },
    snippets: [
      commands({ 'npm run docs:api': 'takes half a minute' }),
      { language: 'ts', check: (snippet, place) => checkBenchmark(snippet, place) },
      {
        language: 'ts',
        check: async ({ code }, place) => {
          place.write('compare.mjs', code);
          const { stdout, stderr } = await place.run('node compare.mjs');
          assert.match(stdout, /│ SingleStream .* Verdict/, stderr);
        },
      },
    ],
  },
  'docs/command-line.md': {
    snippets: snippetsOf('docs/command-line.md').map(() => ({
      language: '',
      unchecked: 'test/documents/generated.test.ts compares it with the help that each command prints',
    })),
  },
  'ARCHITECTURE.md': {
    snippets: [
      { language: '', unchecked: 'a drawing' },
      { language: '', unchecked: 'a drawing' },
    ],
  },
  '.github/ISSUE_TEMPLATE/bug.md': { snippets: [{ language: '', unchecked: 'empty: to be filled in' }] },
};

/** The benchmark itself takes ten minutes. */
async function checkBenchmark({ code }: Snippet, place: Place): Promise<void> {
  const short = code.replace("scenario: 'SingleStream',", '$& minDurationMs: 0, minQueryCount: 10,');
  assert.notEqual(short, code);
  place.write('benchmark.mjs', short);
  const { exitCode, stdout, stderr } = await place.run('node benchmark.mjs');
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /percentile/);
}
