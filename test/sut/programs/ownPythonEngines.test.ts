import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageOf } from '../../../base/errors.js';
import { listSystemsUnderTest } from '../../../sut/listSystemsUnderTest.js';
import { PYTHON_ENGINES } from '../../../sut/programs/pythonEngines.js';
import { createVerifiedSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { cosine } from '../cosine.js';
import { pairInputsOf } from '../pairInputsOf.js';
import { referenceFaces } from '../referenceFaces.js';
import { runQuery } from '../runQuery.js';

const listed = await listSystemsUnderTest();

for (const { name } of PYTHON_ENGINES) {
  const engine = listed.find((one) => one.name === name);
  const skip = engine?.usable === true ? false : `${name} is not usable here: ${engine?.reason}`;
  describe(name, { skip }, () => {
    for (const precision of engine?.usable === true ? engine.precisions : []) {
      const least = precision === 'fp32' ? 0.99999 : 0.999;
      for (const [batch, threads] of [
        [1, 1],
        [2, 1],
        [4, 2],
      ] as const) {
        test(`in ${precision}, batch ${batch}, ${threads} threads: the embeddings are those of PyTorch`, async (t) => {
          const { inputs, embeddings } = referenceFaces();
          const placement = { workers: 0, threads, batch, spreadPairs: false };
          const options = { inputs: pairInputsOf(inputs), precision, placement };
          const sut = await createVerifiedSystemUnderTest(name, options).catch((thrown: unknown) => {
            // Of a processor without bf16.
            if (!/does not compute in bf16 here/.test(messageOf(thrown))) throw thrown;
            t.skip(messageOf(thrown));
          });
          if (sut === undefined) return;
          const answers = await runQuery(sut, [0, 1, 2, 3]);
          await sut.close();
          assert.ok(Number(sut.configuration.referenceCosine) >= least, `${sut.configuration.referenceCosine}`);
          for (const [sample, { bytes }] of answers) {
            const found = new Float32Array(bytes.slice().buffer);
            const expected = embeddings.subarray(sample * found.length, (sample + 1) * found.length);
            for (let start = 0; start < found.length; start += 512) {
              const near = cosine(found.subarray(start, start + 512), expected.subarray(start, start + 512));
              assert.ok(near >= least, `sample ${sample}: ${near}`);
            }
          }
        });
      }
    }
  });
}
