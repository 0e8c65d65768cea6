import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { duelResultSchema } from '../../reports/duel/duelResult.js';
import { judgeDuel } from '../../reports/duel/judgeDuel.js';
import { readDuelJson } from '../../runs/duelJson.js';
import { SIX_PAIRS, start, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

/** A plugin that takes so long for a pair in the issuing thread, and calls `broken` at the query of this number. */
function plugin(name: string, pairMs: number, broken = '', atQuery = 0): string {
  return `let queries = 0;
export default {
  interfaceVersion: 1,
  kind: 'systemUnderTest',
  name: '${name}',
  async createSystemUnderTest({ network }) {
    return {
      name: '${name}',
      configuration: { precision: 'fp32' },
      issueQuery(samples, responder) {
        if (++queries === ${atQuery}) { ${broken} }
        const endMs = performance.now() + ${pairMs} * samples.length;
        while (performance.now() < endMs);
        const values = new Float32Array(4 * network.embeddingValues).fill(1);
        responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(values.buffer) })));
      },
      flushQueries() {},
      async close() {},
    };
  },
};
`;
}

async function prepare(t: TestContext) {
  const folder = join(await temporaryFolder(t), 'duel');
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const fast = await temporaryFile(t, 'fast.mjs', plugin('fast', 2));
  const slow = await temporaryFile(t, 'slow.mjs', plugin('slow', 6));
  return { folder, fast, slow, rest: [...pairs, '--output', folder] };
}

test('the slower of two systems is found, and the folder tells it again', async (t) => {
  const { folder, fast, slow, rest } = await prepare(t);
  const duel = ['duel', fast, slow, `${fast},threads=1`, '--precision', '50%', '--time', '10m', ...rest];
  const { exitCode, stdout, stderr } = await loadgen(duel);
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /SingleStream: slow is \d\.\d+ to \d\.\d+ times as slow \(p50\) as\s+fast\./);
  assert.match(stdout, /Offline: slow is \d\.\d+ to \d\.\d+ times as slow \(per second\) as\s+fast\./);
  const written = await readDuelJson(folder);
  assert.deepEqual(
    written.contestants.map(({ name, fault }) => [name, fault]),
    [
      ['fast', null],
      ['slow', null],
      ['fast,threads=1', null],
    ],
  );
  assert.deepEqual((await readdir(folder)).sort(), ['1-fast', '2-slow', '3-fast-threads-1', 'duel.json']);
  assert.ok(!(await readFile(join(folder, 'duel.json'), 'utf8')).includes('fast.mjs'));
  const again = await loadgen(['compare', folder, '--json']);
  assert.deepEqual(duelResultSchema.parse(JSON.parse(again.stdout)), judgeDuel(written));
});

for (const [name, broken, message] of [
  ['throws', "throw new Error('no power')", /no power \(SUT_FAILED\)/],
  ['ends its process', 'process.exit(0)', /ended by itself \(exit code 0\) while .* \(SUT_ENDED\)/],
] as const) {
  test(`a contestant that ${name} in a round leaves, and the others go on`, async (t) => {
    const { folder, fast, slow, rest } = await prepare(t);
    // Later than the accuracy test's one query, and the four before the first round.
    const failing = await temporaryFile(t, 'failing.mjs', plugin('failing', 2, broken, 10));
    const options = ['--scenario', 'SingleStream', '--time', '15s'];
    const { exitCode, stdout, stderr } = await loadgen(['duel', fast, slow, failing, ...options, ...rest]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /failing leaves the duel: /);
    assert.match(stdout, /│ 3 +│ failing .*│ left +│/);
    const { contestants } = await readDuelJson(folder);
    assert.match(contestants[2]?.fault ?? '', message);
    assert.deepEqual([contestants[0]?.fault, contestants[1]?.fault], [null, null]);
  });
}

test('fewer than two contestants end it: exit code 2 before, 3 after something was measured', async (t) => {
  const { folder, fast, rest } = await prepare(t);
  const before = await loadgen(['duel', fast, './nothing.mjs', ...rest]);
  assert.equal(before.exitCode, 2, before.stderr);
  assert.match(before.stderr, /DUEL_START: fewer than two contestants can be measured\n {2}nothing\.mjs: .*SUT_PLUGIN/);
  const failing = await temporaryFile(t, 'failing.mjs', plugin('failing', 2, "throw new Error('no power')", 10));
  const after = await loadgen(['duel', fast, failing, '--scenario', 'SingleStream', '--precision', '0.01%', ...rest]);
  assert.equal(after.exitCode, 3, after.stderr);
  assert.match(after.stderr, /DUEL_LEFT: fewer than two contestants are left\n {2}failing: /);
  assert.equal((await readDuelJson(folder)).phases[0]?.end, 'left');
});

test('Ctrl-C keeps what was measured', async (t) => {
  const { folder, fast, rest } = await prepare(t);
  // A round has 83 pairs at most: at 250 ms a turn, and 2 and 4 ms a pair.
  const telling = await temporaryFile(t, 'telling.mjs', plugin('telling', 4, "console.error('a round is over')", 200));
  const running = start(['duel', fast, telling, '--precision', '0.01%', '--time', '10m', ...rest]);
  await running.printed('a round is over');
  running.process.kill('SIGINT');
  const { exitCode, stdout, stderr } = await running.ended;
  assert.equal(exitCode, 3, stderr);
  assert.match(stderr, /INTERRUPTED: interrupted; what was measured until then is kept/);
  assert.match(stdout, /SingleStream: \d+ rounds of \d+ pairs for each system in \d+ s, until it was\s+interrupted\./);
  assert.equal((await readDuelJson(folder)).phases[0]?.end, 'interrupted');
});

for (const [name, args, message] of [
  ['one contestant', ['onnxruntime'], /Name two systems at least/],
  ['a precision without %', ['null', 'null', '--precision', '2'], /--precision: found "2", expected a share/],
  ['a time without a unit', ['null', 'null', '--time', '90'], /--time: found "90", expected a time up to a day/],
  ['a negative seed', ['null', 'null', '--seed=-1'], /--seed must be a whole number/],
  [
    'an unknown option of a contestant',
    ['null', 'null,treads=1'],
    /"treads" is no option of it\. Did you mean threads\?/,
  ],
] as const) {
  test(`${name} is refused`, async () => {
    const { exitCode, stderr } = await loadgen(['duel', ...args]);
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, message);
  });
}

test('a folder that holds a duel is not used again, and is compared alone', async (t) => {
  const folder = await temporaryFolder(t);
  const duel = join(folder, 'duel');
  await mkdir(duel);
  await writeFile(join(duel, 'duel.json'), '{}');
  const again = await loadgen(['duel', 'null', 'null', '--output', duel]);
  assert.equal(again.exitCode, 2, again.stderr);
  assert.match(again.stderr, /holds an earlier duel, expected a new folder/);
  const both = await loadgen(['compare', duel, folder]);
  assert.equal(both.exitCode, 2, both.stderr);
  assert.match(both.stderr, /holds a duel, whose comparison is finished/);
  const damaged = await loadgen(['compare', duel]);
  assert.equal(damaged.exitCode, 2, damaged.stderr);
  assert.match(damaged.stderr, /DUEL_JSON: .*expected what "loadgen duel" writes, of version 1/);
});
