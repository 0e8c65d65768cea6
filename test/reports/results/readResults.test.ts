import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readResults } from '../../../reports/results/readResults.js';
import type { Results } from '../../../reports/results/results.js';
import { newRun, newTree } from '../../submission/submissionFolders.js';
import { newFolder } from '../figures/runFolders.js';
import { duelFolder, runFolder } from './measuredFolders.js';

const LOGS = fileURLToPath(new URL('../../../../test/fixtures/foreign-logs', import.meta.url));

function systemsOf({ benchmarks }: Results) {
  return benchmarks.flatMap(({ systems }) => systems);
}

test('every system below a folder is there once, in any layout; what cannot be read is named', async () => {
  const found = await readResults([LOGS, join(LOGS, 'empty-trace')]);
  assert.deepEqual(
    systemsOf(found).map(({ label, kind, results }) => [
      label,
      kind,
      ...results.map(({ scenario, validity, accuracy }) => [scenario, validity, accuracy?.correct]),
    ]),
    [
      ['crlf-accuracy', 'logs', ['Offline', null, 60]],
      ['empty-trace', 'logs', ['SingleStream', 'VALID', undefined]],
      ['line-break', 'logs', ['SingleStream', 'INVALID', undefined]],
      ['loadgen-1.1', 'logs', ['SingleStream', 'VALID', undefined]],
      ['mobile-app', 'logs', ['SingleStream', 'VALID', undefined]],
      ['other-accuracy', 'logs', ['SingleStream', 'VALID', undefined]],
    ],
  );
  assert.deepEqual(
    found.unreadable.map(({ folder }) => folder),
    [join(LOGS, 'loadgen-0.5')],
  );
});

test('runs and duels of one network and data set are one benchmark; other data are another', async () => {
  const [run, other, duel] = [
    runFolder('engine', { seed: 1, queryCount: 500, meanNs: 2e6 }),
    runFolder('engine', { seed: 2, queryCount: 500, meanNs: 2e6, values: { dataset_sha256: '"ff"' } }),
    duelFolder(),
  ];
  const { benchmarks, unreadable } = await readResults([run, duel, other]);
  assert.deepEqual(unreadable, []);
  assert.deepEqual(
    benchmarks.map(({ network, systems }) => [network, ...systems.map(({ name, kind, label }) => [name, kind, label])]),
    [
      [
        'sphereface20',
        ['engine', 'run', basename(run)],
        ...['system-1', 'system-2', 'system-3'].map((name) => [name, 'duel', basename(duel)]),
      ],
      ['sphereface20', ['engine', 'run', basename(other)]],
    ],
  );
});

test('a contestant that left a duel is INVALID and not on the front, with the reason', async () => {
  const { benchmarks } = await readResults([duelFolder()]);
  const [, second, third] = benchmarks[0]?.systems ?? [];
  assert.deepEqual(
    second?.results.map(({ scenario, figures, onFront }) => [scenario, figures.map(({ name }) => name), onFront]),
    [
      ['SingleStream', ['p50', 'p90', 'p99'], true],
      ['Offline', ['per second'], true],
    ],
  );
  for (const result of third?.results ?? [])
    assert.deepEqual(
      [result.validity, result.invalidReasons, result.onFront],
      ['INVALID', ['It left the duel: it failed (SUT_FAILED)'], false],
    );
});

test('the results of a tree are told by system and submitter; audits are counted, and left out', async () => {
  const tree = await newTree('closed', await newRun());
  const found = await readResults([tree]);
  const [system, ...more] = systemsOf(found);
  assert.deepEqual(more, []);
  assert.match(system?.name ?? '', /^\S+ of \S+$/);
  assert.equal(system?.kind, 'submission');
  assert.match(system.label, /^closed\/.*\/sphereface20$/);
  assert.deepEqual(
    system.results.map(({ scenario, validity, accuracy }) => [scenario, validity, accuracy?.pairs]),
    [
      ['SingleStream', 'VALID', 600],
      ['Offline', 'VALID', 600],
    ],
  );
  assert.ok(found.audits > 0);
});

test('folders that hold nothing are named beside the others; alone, they are refused', async () => {
  const [empty, run] = [newFolder(), runFolder('engine', { seed: 1, queryCount: 50, meanNs: 1e6 })];
  const { unreadable } = await readResults([empty, run, '/no/such/folder']);
  assert.deepEqual(
    unreadable.map(({ folder, reason }) => [folder, /\((REPORT_\w+)\)$/.exec(reason)?.[1]]),
    [
      [empty, 'REPORT_NO_LOGS'],
      ['/no/such/folder', 'REPORT_RUN_FOLDER'],
    ],
  );
  await assert.rejects(readResults([empty]), { name: 'LoadGenError', code: 'REPORT_NO_LOGS' });
  await assert.rejects(readResults(['/no/such/folder', empty]), { code: 'REPORT_RUN_FOLDER' });
});

test('a duel or run.json that cannot be read is named, and hides nothing else', async () => {
  const run = runFolder('engine', { seed: 1, queryCount: 50, meanNs: 1e6 });
  const found = await readResults([duelFolder({ contestants: [] }), run]);
  assert.match(found.unreadable[0]?.reason ?? '', /\(DUEL_JSON\)$/);
  assert.deepEqual(
    systemsOf(found).map(({ kind }) => kind),
    ['run'],
  );
});
