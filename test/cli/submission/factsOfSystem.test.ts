import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { factsOfSystem } from '../../../cli/submission/machineFacts.js';
import { initSubmission } from '../../../submission/initSubmission.js';

for (const [sut, isHere] of [
  ['onnxruntime', true],
  ['http://127.0.0.1:8000/v2/models/a', true],
  ['grpc://unix:/run/a.sock:/v2/models/a', true],
  ['http://192.0.2.1:8000/v2/models/a', false],
  ['grpcs://servers.example:8001/v2/models/a', false],
] as const) {
  test(`the description of ${sut} ${isHere ? 'is that of this machine' : 'is left to who knows its machine'}`, async (t) => {
    const tree = await mkdtemp(join(tmpdir(), 'facts-of-system-'));
    t.after(() => rm(tree, { recursive: true }));
    const location = { division: 'open', submitter: 'Example', system: 'one' } as const;
    const { systemFile, open } = await initSubmission({ tree, ...location, machine: await factsOfSystem(sut) });
    const described = JSON.parse(await readFile(join(tree, systemFile), 'utf8'));
    const machineKeys = ['host_processor_core_count', 'operating_system', 'accelerators_per_node'];
    for (const key of machineKeys) {
      assert.equal(described[key] !== '', isHere, key);
      assert.equal(
        open.some((one) => one.key === key),
        !isHere,
        key,
      );
    }
    assert.match(described.sw_notes, /not an official MLPerf model/);
    assert.ok(!JSON.stringify(described).includes('192.0.2.1'));
  });
}
