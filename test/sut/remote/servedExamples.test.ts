import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { loadgen, SIX_PAIRS, temporaryFile, temporaryFolder } from '../../cli/loadgen.js';
import { environmentOf, whySkipped } from './servers/environments.js';
import { REAL_SERVERS } from './servers/index.js';
import { KSERVE } from './servers/kserve.js';
import { exampleOf, pythonOf, sourceOf } from './servers/realServer.js';
import { type RunningServer, startServer } from './servers/startServer.js';

const FEW_CONF = '*.*.min_duration = 0\n*.*.min_query_count = 12\n*.Offline.target_qps = 4\n';

for (const server of REAL_SERVERS) {
  const { example } = server;
  if (example === undefined) continue;
  const skip = whySkipped(server);
  if (skip !== false) {
    test(`the network on ${server.name}`, { skip });
    continue;
  }
  describe(`the network on ${server.name}`, () => {
    let running: RunningServer | undefined;
    before(async () => {
      running = await startServer({
        ...{ server, model: 'sphereface20', command: example.command },
        prepare: async (place) => {
          const exported = ['model', 'export', '--format', example.format, '--output', place.folder];
          const { exitCode, stderr } = await loadgen(exported);
          assert.equal(exitCode, 0, stderr);
          await example.prepare(place);
        },
      });
    });
    after(async () => {
      await running?.end();
    });

    for (const protocol of example.protocols) {
      test(`gives the right embeddings, and a VALID run of Offline, by ${protocol}`, async (t) => {
        const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
        const confs = ['--user-conf', await temporaryFile(t, 'user.conf', FEW_CONF)];
        const given = ['--sut', running?.addresses[protocol] ?? '', '--output', await temporaryFolder(t)];
        const { exitCode, stdout, stderr } = await loadgen([
          ...['run', '--scenario', 'Offline', ...given, ...pairs, ...confs],
        ]);
        assert.equal(exitCode, 0, stderr);
        assert.match(stdout, /Offline performance .*VALID/);
      });
    }
  });
}

test("the example's manifest for KServe has keys that KServe knows", { skip: whySkipped(KSERVE) }, () => {
  const manifest = exampleOf('kserve', 'inference-service.yaml');
  const script = sourceOf('kserve', 'check_manifest.py');
  const { status, stderr } = spawnSync(pythonOf(environmentOf(KSERVE)), [script, manifest], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
