import assert from 'node:assert/strict';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { temporaryCache, temporaryDataset } from '../qsl/folders.js';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

test('images that cannot be used are listed together, or left out, counted and named', async (t) => {
  const dataset = await temporaryDataset(t, 6);
  const image = (person: number) => join(dataset, 'lfw', `Synthetic_00${person}`, `Synthetic_00${person}_0001.jpg`);
  await rm(image(1));
  await truncate(image(2), 3000);
  await writeFile(image(3), 'not a JPEG');
  await writeFile(
    image(4),
    await sharp({ create: { width: 250, height: 250, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer(),
  );
  const env = { SPHEREFACE_LOADGEN_CACHE: await temporaryCache(t) };
  const output = join(await temporaryFolder(t), 'run');
  const args = ['run', '--dataset', dataset, '--sut', 'null', '--mode', 'AccuracyOnly', '--output', output];

  const refused = await loadgen(args, { env });
  assert.equal(refused.exitCode, 2);
  assert.equal(refused.stdout, '');
  for (const [person, message] of FAULTS) assert.match(refused.stderr, new RegExp(`${image(person)}: ${message}`));
  assert.match(refused.stderr, /--skip-missing/);

  const skipping = await loadgen([...args, '--skip-missing'], { env });
  // The null system's zeros make no accuracy.
  assert.equal(skipping.exitCode, 3, skipping.stderr);
  // Each of these images is in one matched and one mismatched pair.
  assert.match(skipping.stderr, /^Left out 8 pairs:$/m);
  assert.equal(skipping.stderr.split(image(4)).length, 2, 'each image is named once');
  assert.match(skipping.stderr, /^sphereface20 with null on 4 pairs of lfw/m);
  const log = await readFile(join(output, 'Offline', 'accuracy', 'mlperf_log_detail.txt'), 'utf8');
  assert.match(log, /"key": "dataset_skipped_pairs", "value": "8"/);
  assert.match(log, /"key": "dataset_skipped_1", "value": "Synthetic_001 1, Synthetic_001 2: QSL_IMAGE_MISSING"/);
  assert.match(log, /"key": "dataset_skipped_8", /);
  assert.doesNotMatch(log, new RegExp(dataset));
});

const FAULTS: readonly [person: number, message: string][] = [
  [1, 'found no file'],
  [2, 'found bytes that cannot be decoded'],
  [3, 'found bytes that cannot be decoded'],
  [4, 'found no face in 250 x 250 pixels'],
];
