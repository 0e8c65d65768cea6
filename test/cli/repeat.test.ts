import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { groupComparisonSchema } from '../../reports/compare/groups/groupComparison.js';
import { runResultSchema } from '../../reports/result/runResult.js';
import { SHORT_CONF, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const RUN = ['run', '--sut', 'null', '--pairs', '6', '--mode', 'PerformanceOnly', '--scenario', 'SingleStream'];

test('repeated runs lie side by side, are summed up, and are compared by their name', async (t) => {
  const folder = await temporaryFolder(t);
  const conf = await temporaryFile(t, 'user.conf', SHORT_CONF);
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  const options = [...RUN, '--user-conf', conf, '--no-trace'];
  const first = await loadgen([...options, '--repeat', '3', '--output', before]);
  assert.ok(first.exitCode === 0 || first.exitCode === 3, first.stderr);
  assert.match(first.stderr, /^Run 3 of 3:$/m);
  assert.match(first.stdout, /│ p50 +│.*│ +[0-3] of 3 │/);
  assert.match(first.stdout, /^Logs: .*before-1 to .*before-3$/m);
  assert.deepEqual(
    first.stdout.split('\n').filter((line) => line.startsWith('│') && line.length > 80),
    [],
  );
  const second = await loadgen([...options, '--repeat', '2', '--output', after, '--json']);
  assert.equal(z.array(runResultSchema).parse(JSON.parse(second.stdout)).length, 2);
  assert.deepEqual(readdirSync(folder).sort(), ['after-1', 'after-2', 'before-1', 'before-2', 'before-3']);

  const named = await loadgen(['compare', before, after, '--json']);
  const against = await loadgen(['compare', before, '--against', after, '--json']);
  assert.equal(named.exitCode, 0, named.stderr);
  assert.equal(named.stdout, against.stdout);
  assert.deepEqual(
    groupComparisonSchema.parse(JSON.parse(named.stdout)).groups.map(({ name, runs }) => [name, runs.length]),
    [
      ['before', 3],
      ['after', 2],
    ],
  );
  const three = await loadgen(['compare', before, after, join(folder, 'before-1')]);
  assert.match(three.stderr, /^Compare repeated runs with one other at a time/);
  assert.equal(three.exitCode, 2);
});

const REFUSED: readonly [what: string, repeat: string, message: RegExp][] = [
  ['no run', '0', /^--repeat must be a whole number from 1 to 1000/],
  ['half a run', '1.5', /^--repeat must be a whole number/],
  [
    'fewer runs than there were',
    '2',
    /^--output: found .*mine-3, of more runs than --repeat 2; remove it, or name another/,
  ],
];
for (const [what, repeat, message] of REFUSED) {
  test(`${what} is refused before anything is measured`, async (t) => {
    const folder = await temporaryFolder(t);
    mkdirSync(join(folder, 'mine-3'));
    const ended = await loadgen([...RUN, '--repeat', repeat, '--output', join(folder, 'mine')]);
    assert.equal(ended.exitCode, 2);
    assert.match(ended.stderr, message);
    assert.deepEqual(readdirSync(folder), ['mine-3']);
  });
}
