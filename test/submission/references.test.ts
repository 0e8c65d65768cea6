/** The rules' references are held to the data themselves; since that takes minutes, only where LFW_DIR is set. */
import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { openDataset } from '../../qsl/index.js';
import { judgeAngles } from '../../reports/accuracy/judgeAngles.js';
import { pairAngle } from '../../reports/accuracy/pairAngle.js';
import { rulesOf } from '../../submission/rules.js';
import { createSystemUnderTest } from '../../sut/index.js';
import { NETWORKS } from '../../sut/networks/index.js';
import { networkInputOf } from '../../sut/networks/network.js';
import { SHARED_CACHE } from '../cli/loadgen.js';
import { lfwFolder, needsLfw } from '../lfw.js';
import { runQuery } from '../sut/runQuery.js';

const needsNamedLfw = {
  skip: process.env.LFW_DIR === undefined ? 'takes minutes: set LFW_DIR to run it' : needsLfw.skip,
};
const SYSTEMS: Readonly<Record<string, string>> = { sphereface20: 'onnxruntime', mobilefacenet: 'tfjs-tflite' };

for (const network of NETWORKS) {
  const rules = rulesOf(network.name);
  for (const { datasetName, datasetSha256, correctCount } of rules?.references ?? []) {
    const isLfw = datasetName !== 'synthetic';
    const title = `${network.name} decides ${correctCount} pairs of ${datasetName} rightly, and their digest is the rules'`;
    test(title, needsNamedLfw, async () => {
      const { library, digest } = await openDataset({
        dataset: isLfw ? (lfwFolder ?? '') : 'synthetic',
        cacheFolder: SHARED_CACHE,
        ...networkInputOf(network),
      });
      assert.equal(digest, datasetSha256);
      const indices = library.pairs.map((_, index) => index);
      library.loadSamplesToRam(indices);
      const placement = { workers: availableParallelism(), threads: 1, batch: 4, spreadPairs: false };
      const sut = await createSystemUnderTest(SYSTEMS[network.name] ?? '', { inputs: library, network, placement });
      const answers = await runQuery(sut, indices);
      await sut.close();
      const pairs = library.pairs.map(({ same, set }) => ({ same, set, nameA: '', nameB: '' }));
      const { truePositives, trueNegatives } = judgeAngles(
        Float64Array.from(indices, (index) => pairAngle(answers.get(index)?.bytes ?? new Uint8Array())),
        pairs,
        network.decision.threshold,
      );
      assert.deepEqual([truePositives + trueNegatives, pairs.length], [correctCount, rules?.sampleCount]);
    });
  }
}
