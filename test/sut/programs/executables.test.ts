import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PAIR_IMAGES } from '../../../base/pairLayout.js';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { systemUnderTestContract } from '../../../testing/index.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../pairInputsOf.js';
import { runQuery } from '../runQuery.js';

const folder = mkdtempSync(join(tmpdir(), 'executables-'));
after(() => rmSync(folder, { recursive: true }));
const inputs = pairInputsOf(Float32Array.from({ length: 2 * PAIR_INPUT_VALUES }, (_, i) => Math.fround(Math.cos(i))));
const { embeddingValues } = SPHEREFACE20_SHAPE;

const source = fileURLToPath(new URL('../../../../examples/exec-engine/engine.c', import.meta.url));
const example = join(folder, 'engine');
const hasCompiler = process.platform !== 'win32' && spawnSync('cc', ['--version']).status === 0;

describe('the example in C', { skip: !hasCompiler && 'there is no C compiler' }, () => {
  test('compiles without a warning', () => {
    const { status, stderr } = spawnSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', example, source], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });

  for (const workers of [0, 2]) {
    test(`gives the means of the images' parts, in ${Math.max(1, workers)} processes`, async () => {
      const sut = await createSystemUnderTest(`exec:${example}`, {
        inputs,
        placement: { workers, threads: 1, batch: 4, spreadPairs: false },
      });
      const answers = await runQuery(sut, [0, 1]);
      await sut.close();
      for (const [sample, { bytes }] of answers) {
        const found = new Float32Array(bytes.slice().buffer);
        assert.deepEqual(found, meansOf(new Float32Array(inputs.shared), sample));
      }
    });
  }

  test('keeps the contract of systems', { timeout: 600_000 }, async (t) => {
    const cases = systemUnderTestContract((options) =>
      createSystemUnderTest(`exec:${example}`, { inputs: options.inputs, placement: options.placement }),
    );
    for (const { name, run } of cases) await t.test(name, run);
  });
});

function meansOf(values: Float32Array, sample: number): Float32Array {
  const imageValues = PAIR_INPUT_VALUES / PAIR_IMAGES;
  const means = new Float32Array(PAIR_IMAGES * embeddingValues);
  for (let at = 0; at < means.length; at++) {
    const [image, part] = [Math.floor(at / embeddingValues), at % embeddingValues];
    const start = (sample * PAIR_IMAGES + image) * imageValues;
    const begin = Math.floor((part * imageValues) / embeddingValues);
    const end = Math.floor(((part + 1) * imageValues) / embeddingValues);
    let sum = 0;
    for (let i = begin; i < end; i++) sum += values[start + i] ?? Number.NaN;
    means[at] = sum / (end - begin);
  }
  return means;
}

/** Answers the first questions; `$then` is what it does with all that follow. */
const SCRIPT = (then: string) => `#!/bin/sh
while read -r word rest; do
  case "$word" in
    sphereface-loadgen) printf 'name sh\\nformats\\nprecisions fp32\\ndescribed\\n';;
    load) printf 'version 1\\ninstructions unknown\\nloaded\\n';;
    clock) printf "clock $(date +%s%N)\\n";;
    samples) printf 'mapped\\n';;
    ${then}
  esac
done
`;

describe('programs that break the protocol', { skip: process.platform === 'win32' && 'Windows has no sh' }, () => {
  const starting: readonly (readonly [kind: string, script: string, code: string, message: RegExp])[] = [
    [
      'says hello first',
      '#!/bin/sh\necho "Hello, world"; sleep 600',
      'SUT_PLUGIN',
      /wrote "Hello, world" to standard output, expected "described"/,
    ],
    ['ends at once', '#!/bin/sh\nexit 0', 'SUT_PLUGIN', /ended by itself with exit code 0/],
    [
      'complains and ends',
      '#!/bin/sh\necho "no licence" >&2; exit 7',
      'SUT_PLUGIN',
      /exit code 7; its last words: no licence/,
    ],
    ['reports an error', '#!/bin/sh\necho "error no device"; sleep 600', 'SUT_PLUGIN', /failed: no device/],
    [
      'writes without an end of the line',
      '#!/bin/sh\nyes | tr -d "\\n"',
      'SUT_PLUGIN',
      /a line of more than \d+ bytes/,
    ],
    [
      'says endless facts',
      '#!/bin/sh\nyes "name x"',
      'SUT_PLUGIN',
      /wrote "name x" to standard output|is not as expected/,
    ],
    ['says nothing of itself', '#!/bin/sh\necho described; sleep 600', 'SUT_PLUGIN', /name: .*\n.*formats/],
    ['is no program', 'not a program', 'SUT_PLUGIN', /exit code \d+; its last words: .*not/],
    [
      'has a clock that stands still',
      SCRIPT('').replace('$(date +%s%N)', '5'),
      'SUT_PLUGIN',
      /times that do not go as a clock does/,
    ],
    [
      'has a clock that tells words',
      SCRIPT('').replace('$(date +%s%N)', 'noon'),
      'SUT_PLUGIN',
      /times that do not go as a clock does/,
    ],
  ];
  for (const [kind, script, code, message] of starting) {
    test(`one that ${kind} is refused`, async () => {
      await assert.rejects(createSystemUnderTest(`exec:${writeScript(script)}`, { inputs }), { code, message });
    });
  }

  const answering: readonly (readonly [kind: string, then: string, message: RegExp])[] = [
    ['reports an error', 'infer) printf "error too warm\\n";;', /failed: too warm/],
    [
      'answers without a time',
      'infer) printf "embeddings\\n";;',
      /wrote "embeddings" to standard output, expected "embeddings" and a time/,
    ],
    ['answers with a negative time', 'infer) printf "embeddings -5\\n";;', /wrote "embeddings -5"/],
    ['answers another question', 'infer) printf "mapped\\n";;', /wrote "mapped"/],
    [
      'ends in the middle of an answer',
      'infer) printf "embeddings 5\\nabc"; exit 0;;',
      /ended by itself with exit code 0/,
    ],
    ['ends', 'infer) exit 9;;', /ended by itself with exit code 9/],
    ['ends, but for what it has started', 'infer) sleep 20 & exit 9;;', /ended by itself with exit code 9/],
  ];
  for (const [kind, then, message] of answering) {
    test(`one that ${kind} when it is asked fails the run`, async () => {
      const sut = await createSystemUnderTest(`exec:${writeScript(SCRIPT(then))}`, { inputs });
      try {
        await assert.rejects(runQuery(sut, [0]), { code: 'SUT_FAILED', message });
      } finally {
        await sut.close();
      }
    });
  }

  test('one that goes on after an answer fails the run that follows', async () => {
    const more = `infer) printf "embeddings 5\\n"; head -c ${PAIR_IMAGES * embeddingValues * 4} /dev/zero; echo more;;`;
    const sut = await createSystemUnderTest(`exec:${writeScript(SCRIPT(more))}`, { inputs });
    try {
      await assert.rejects(
        (async () => {
          for (;;) await runQuery(sut, [0]);
        })(),
        { message: /wrote "more" to standard output, expected/ },
      );
    } finally {
      await sut.close();
    }
  });

  test('one that may not be executed is told so', async () => {
    const file = writeScript('#!/bin/sh\n');
    chmodSync(file, 0o600);
    const hint = 'It has to be a program that may be executed: chmod +x.';
    await assert.rejects(createSystemUnderTest(`exec:${file}`, { inputs }), { code: 'SUT_PLUGIN', hint });
  });
});

function writeScript(content: string): string {
  const file = join(folder, `script-${Math.random().toString(36).slice(2)}`);
  writeFileSync(file, content, { mode: 0o755 });
  return file;
}
