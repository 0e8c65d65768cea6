import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifyAudit } from '../../../cli/audit/runAudit.js';
import type { BenchmarkSetup } from '../../../cli/benchmark/benchmarkOptions.js';
import { runSteps } from '../../../cli/submitRun/runSteps.js';
import { type OpenedSubmission, submitSteps } from '../../../cli/submitRun/submitSteps.js';
import { packageFile } from '../../../platform/node/packages.js';
import { openDataset } from '../../../qsl/openDataset.js';
import { copyConfigFiles } from '../../../runs/configCopies.js';
import { networkInputOf } from '../../../sut/networks/network.js';
import { SPHEREFACE20_NETWORK } from '../../../sut/networks/sphereface20.js';
import { SHARED_CACHE, SHORT_CONF, SIX_PAIRS } from '../loadgen.js';
import { plainSystem } from '../plainSystem.js';

const folder = mkdtempSync(join(tmpdir(), 'submit-steps-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// Tests run in processes of their own, which find the faces in the same cache.
process.env.SPHEREFACE_LOADGEN_CACHE = SHARED_CACHE;
const pairsFile = join(folder, 'pairs.txt');
writeFileSync(pairsFile, SIX_PAIRS);
const { name: network } = SPHEREFACE20_NETWORK;
const unset = { pairs: undefined, set: undefined, skipMissing: false, applyOrientation: false };
const datasetOptions = { network, dataset: 'synthetic', pairsFile, ...unset };
const dataset = await openDataset({ ...datasetOptions, ...networkInputOf(SPHEREFACE20_NETWORK) });

/** A submission of a toy engine on six pairs, as short as can be. */
function planOf(): OpenedSubmission {
  const runFolder = mkdtempSync(join(folder, 'run-'));
  const conf = join(runFolder, 'user.conf');
  writeFileSync(conf, SHORT_CONF);
  copyConfigFiles(runFolder, { mlperfConf: packageFile('mlperf.conf'), userConf: conf });
  const setup: BenchmarkSetup = {
    system: plainSystem(fileURLToPath(new URL('../../../../examples/own-engine/engine.js', import.meta.url)), {
      workers: 0,
      warmUp: 1,
      unverified: true,
    }),
    reportedSutName: 'average-pooling',
    dataset,
    datasetOptions,
    runFolder,
    runId: undefined,
    responseTimeoutMs: undefined,
    signal: new AbortController().signal,
  };
  return { setup, scenarios: ['SingleStream', 'Offline'], needsAudits: false };
}

async function stillToDo(plan: OpenedSubmission): Promise<string[]> {
  const names: string[] = [];
  for (const step of submitSteps(plan)) if (!(await step.isDone())) names.push(step.name);
  return names;
}

test('closed submissions take audits of each scenario, last', () => {
  const names = submitSteps({ ...planOf(), needsAudits: true }).map(({ name }) => name);
  assert.deepEqual(names.slice(5), ['SingleStream TEST01', 'SingleStream TEST04', 'Offline TEST01', 'Offline TEST04']);
});

const MEASURED = ['SingleStream accuracy', 'Offline accuracy', 'SingleStream performance', 'Offline performance'];

test('a step is done once its logs are there, whole, VALID, and of the settings as they are', async () => {
  const plan = planOf();
  const { runFolder } = plan.setup;
  assert.deepEqual(await stillToDo(plan), MEASURED);
  await runSteps(submitSteps(plan), plan.setup.signal);
  assert.deepEqual(await stillToDo(plan), []);

  const changes: readonly [file: string, change: (text: string) => string, toDo: readonly string[]][] = [
    ['user.conf', (text) => `${text}*.Offline.target_qps = 77\n`, ['Offline performance']],
    [
      join('SingleStream', 'performance', 'run_1', 'mlperf_log_detail.txt'),
      (text) => text.replace('"result_validity", "value": "VALID"', '"result_validity", "value": "INVALID"'),
      ['SingleStream performance'],
    ],
    [
      join('SingleStream', 'performance', 'run_1', 'mlperf_log_detail.txt'),
      (text) => text.slice(0, text.length / 2),
      ['SingleStream performance'],
    ],
    [join('Offline', 'accuracy', 'accuracy.txt'), () => 'accuracy=NaN, good=0, total=4\n', ['Offline accuracy']],
    [
      join('Offline', 'accuracy', 'accuracy.txt'),
      (text) => text.replace(/^threshold=.*$/m, 'threshold=0.6'),
      ['Offline accuracy'],
    ],
    [
      join('Offline', 'accuracy', 'judging.json'),
      (text) => text.replace(/"threshold": [\d.]+/, '"threshold": 0.6'),
      ['Offline accuracy'],
    ],
    [join('Offline', 'accuracy', 'mlperf_log_detail.txt'), () => '', ['Offline accuracy']],
  ];
  for (const [name, change, toDo] of changes) {
    const file = join(runFolder, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, change(text));
    assert.deepEqual(await stillToDo(plan), toDo, name);
    writeFileSync(file, text);
  }
  assert.deepEqual(await stillToDo(plan), []);
});

test('an INVALID performance test ends the steps, and says what to change', async () => {
  const plan = planOf();
  const conf = '*.*.min_duration = 1000\n*.SingleStream.target_latency = 1000\n*.SingleStream.min_query_count = 1\n';
  writeFileSync(join(plan.setup.runFolder, 'user.conf'), conf);
  const steps = submitSteps({ ...plan, scenarios: ['SingleStream'] });
  await assert.rejects(runSteps(steps, plan.setup.signal), {
    code: 'SUBMIT_STEP',
    exitCode: 3,
    message: /^SingleStream performance is INVALID:\n.* {2}The minimum duration was not reached\./s,
    hint: /\*\.SingleStream\.target_latency = [\d.]+\n.*The same command makes this step again/s,
  });
  assert.deepEqual(await stillToDo({ ...plan, scenarios: ['SingleStream'] }), ['SingleStream performance']);
});

test('audits count as done with the tests that they are of, and with their texts beside the logs', async () => {
  const plan = { ...planOf(), scenarios: ['Offline'], needsAudits: true } as const;
  const { runFolder } = plan.setup;
  await runSteps(submitSteps({ ...plan, needsAudits: false }), plan.setup.signal);
  // A busy machine may be faster or slower than the tenth that an audit allows: the logs of the run itself are as fast.
  const folder = join(runFolder, 'Offline', 'TEST04');
  cpSync(join(runFolder, 'Offline', 'performance'), join(folder, 'performance'), { recursive: true });
  const detail = join(folder, 'performance', 'run_1', 'mlperf_log_detail.txt');
  const asked = readFileSync(detail, 'utf8')
    .replace('"effective_performance_issue_same", "value": false', '"effective_performance_issue_same", "value": true')
    .replace(
      '"effective_performance_issue_same_index", "value": 0',
      '"effective_performance_issue_same_index", "value": 3',
    );
  writeFileSync(detail, asked);
  assert.deepEqual(await stillToDo(plan), ['Offline TEST01', 'Offline TEST04']);
  const verdict = join(folder, 'verify_performance.txt');
  writeFileSync(verdict, 'of an earlier audit: TEST PASS\n');
  assert.deepEqual(await stillToDo(plan), ['Offline TEST01', 'Offline TEST04']);
  writeFileSync(verdict, (await verifyAudit(runFolder, 'Offline', 'TEST04')).texts['verify_performance.txt'] ?? '');
  assert.deepEqual(await stillToDo(plan), ['Offline TEST01']);
  const conf = join(runFolder, 'user.conf');
  writeFileSync(conf, `${readFileSync(conf, 'utf8')}*.Offline.target_qps = 77\n`);
  assert.deepEqual(await stillToDo(plan), ['Offline performance', 'Offline TEST01', 'Offline TEST04']);
});
