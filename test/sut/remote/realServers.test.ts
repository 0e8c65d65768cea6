import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PAIR_IMAGES } from '../../../base/pairLayout.js';
import { IN_THREAD } from '../../../sut/placement.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { loadgen, SHORT_CONF, SIX_PAIRS, temporaryFile, temporaryFolder } from '../../cli/loadgen.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../pairInputsOf.js';
import { runQuery } from '../runQuery.js';
import { ownAddress } from './ownAddress.js';
import { toyEmbeddings } from './scriptedServer.js';
import { whySkipped } from './servers/environments.js';
import { REAL_SERVERS } from './servers/index.js';
import { keepInFlight } from './servers/keepInFlight.js';
import type { Protocol } from './servers/realServer.js';
import { type RunningServer, startServer } from './servers/startServer.js';

const SAMPLES = 6;
const values = Float32Array.from({ length: SAMPLES * PAIR_INPUT_VALUES }, (_, i) => Math.fround(Math.cos(i)));
const inputs = pairInputsOf(values);
const expected = Array.from({ length: SAMPLES }, (_, sample) =>
  Buffer.from(toyEmbeddings(values.subarray(sample * PAIR_INPUT_VALUES, (sample + 1) * PAIR_INPUT_VALUES)).buffer),
);

const IN_FLIGHT = 32;
/** Of what is kept, while 5 GB pass through. */
const MEMORY_GROWTH_LIMIT_BYTES = 100e6;

for (const server of REAL_SERVERS) {
  const { toy } = server;
  if (toy === undefined) continue;
  const skip = whySkipped(server);
  if (skip !== false) {
    test(server.name, { skip });
    continue;
  }
  describe(server.name, () => {
    let running: RunningServer | undefined;
    before(async () => {
      running = await startServer({ server, model: 'toy', ...toy });
    });
    after(async () => {
      await running?.end();
    });
    const addressOf = (protocol: Protocol, asElsewhere = false) => {
      const address = running?.addresses[protocol] ?? '';
      return asElsewhere ? address.replace('127.0.0.1', ownAddress ?? '') : address;
    };

    for (const { protocol, transport, asElsewhere = false, queries } of toy.ways) {
      if (asElsewhere && ownAddress === undefined) {
        test(transport, { skip: 'this machine has no network' });
        continue;
      }
      for (const placement of [{}, { workers: 3 }, { batch: 1 }, { workers: 2, batch: 12 }]) {
        test(`${transport}: answers are right with ${JSON.stringify(placement)}`, async (t) => {
          const given = { inputs, placement: { ...IN_THREAD, ...placement } };
          const sut = await createSystemUnderTest(addressOf(protocol, asElsewhere), given);
          t.after(() => sut.close());
          const { configuration } = sut;
          assert.deepEqual(
            [configuration.transport, configuration.engine, configuration.engineVersion],
            [transport, `toy-on-${server.name}`, server.version],
          );
          assert.deepEqual(
            [configuration.modelPlatform, configuration.modelVersion],
            [toy.modelPlatform, toy.modelVersion],
          );
          const endWatch = await sut.watchServer?.();
          assert.equal(endWatch !== undefined, toy.hasStatistics);
          const answers = await runQuery(sut, Array.from(expected.keys()));
          for (const [sample, { bytes }] of answers) assert.deepEqual(Buffer.from(bytes), expected[sample]);
          const figures = await endWatch?.();
          if (figures === undefined) return;
          const requests = (SAMPLES * PAIR_IMAGES) / (placement.batch ?? PAIR_IMAGES);
          assert.deepEqual([figures.requests, figures.servedRequests], [requests, requests]);
          const { roundTripNs, servedNs, queueNs } = figures;
          assert.ok(roundTripNs > servedNs && servedNs > queueNs && queueNs > 0, JSON.stringify(figures));
        });
      }

      test(`${transport}: of ${queries} queries, ${IN_FLIGHT} in flight, none is lost, and memory does not grow`, async (t) => {
        const sut = await createSystemUnderTest(addressOf(protocol, asElsewhere), {
          inputs,
          placement: { ...IN_THREAD, workers: IN_FLIGHT },
        });
        t.after(() => sut.close());
        let answered = 0;
        let atTenthBytes = 0;
        await keepInFlight(sut, {
          ...{ queries, inFlight: IN_FLIGHT, indexOf: (id) => id % SAMPLES },
          onAnswer: (id, data) => {
            assert.ok(expected[id % SAMPLES]?.equals(data), `query ${id}`);
            if (++answered === queries / 10) atTenthBytes = process.memoryUsage.rss();
          },
        });
        assert.equal(answered, queries);
        const growthBytes = process.memoryUsage.rss() - atTenthBytes;
        assert.ok(
          growthBytes < MEMORY_GROWTH_LIMIT_BYTES,
          `${growthBytes} bytes more than after a tenth of the queries`,
        );
      });
    }

    for (const scenario of ['SingleStream', 'Offline']) {
      test(`a run of ${scenario} is VALID`, async (t) => {
        const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
        const confs = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
        const given = ['--sut', addressOf('grpc'), '--scenario', scenario, '--output', await temporaryFolder(t)];
        const { exitCode, stdout, stderr } = await loadgen(['run', ...given, ...pairs, ...confs, '--unverified']);
        assert.equal(exitCode, 0, stderr);
        assert.match(stdout, new RegExp(`${scenario} performance .*VALID`));
        assert.equal(/server/i.test(stdout), toy.hasStatistics, stdout);
      });
    }
  });
}
