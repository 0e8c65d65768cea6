import assert from 'node:assert/strict';
import { test } from 'node:test';
import { energyEntries } from '../../../loadgen/logs/energyReport.js';
import { formatValue } from '../../../logs/detail/write.js';
import { readRun } from '../../../reports/figures/measureRun.js';
import { testSchema } from '../../../reports/figures/runRecord.js';
import { runTable } from '../../../reports/runTable.js';
import { singleStream, writeTest } from './runFolders.js';

const latenciesNs = new Float64Array(500).fill(1e6);

const RUNS: readonly [idleShare: number | undefined, text: string][] = [
  [0.25, '0.500 J a sample, as the processor packages count; 25.0 % of it would have been used without a query.'],
  [undefined, '0.500 J a sample, as the processor packages count; what an idle machine uses is not known.'],
];
for (const [idleShare, text] of RUNS) {
  test(`energy with ${idleShare ?? 'no known'} idle share is in the record and the table`, async () => {
    const entries = energyEntries({ joules: 250, idleShare, source: 'processor packages' }, latenciesNs.length);
    const values = Object.fromEntries(entries.map(([key, value]) => [key, formatValue(value)]));
    const { tests } = await readRun(writeTest({ ...singleStream(latenciesNs), ...values }, latenciesNs));
    const energy = { joules: 250, joulesPerSample: 0.5, idleShare: idleShare ?? null, source: 'processor packages' };
    assert.deepEqual(testSchema.parse(tests[0]?.test).energy, energy);
    // Cells wrap.
    const table = runTable(tests, { color: false }).replaceAll(/ *│\n│ */g, ' ');
    assert.ok(table.includes(`Informative: ${text}`), table);
  });
}
