import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { LoadGenError, messageOf } from '../../../base/errors.js';
import { checkUsable, createEngine, listTargets } from '../../../sut/engines/onnxruntime.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { meanNetwork, modelOf } from '../meanNetwork.js';
import { pairInputsOf } from '../pairInputsOf.js';
import { meanBy } from './meanBy.js';

const skip = await checkUsable().then(
  () => false,
  (error: unknown) => messageOf(error),
);
/** A graphics processor in software, which Chromium brings. */
const CHROMIUM = '/usr/lib/chromium';
const VULKAN = `${CHROMIUM}/vk_swiftshader_icd.json`;

suite("ONNX Runtime's providers", { skip }, () => {
  test('this build has the CPU, which computes where nobody chooses', async () => {
    const { providers } = await listTargets();
    assert.ok(providers?.includes('cpu'), providers?.join());
    const engine = await createEngine(modelOf(meanNetwork([1, 112, 96, 3], [1, 512])), {
      precision: 'fp32',
      threads: 1,
    });
    await engine.close();
    assert.equal(engine.provider, 'cpu');
  });

  test('each of this build computes and says so, or is refused with what there is', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'providers-'));
    after(() => rmSync(temporary, { recursive: true }));
    const { providers = [] } = await listTargets();
    const { TMPDIR } = process.env;
    process.env.TMPDIR = temporary;
    for (const provider of providers) {
      try {
        const { engine, mean } = await meanBy(provider);
        assert.deepEqual([mean, engine.provider?.split(' ')[0]], [3, provider]);
      } catch (thrown) {
        assert.ok(thrown instanceof LoadGenError, messageOf(thrown));
        assert.deepEqual([thrown.code, provider === 'cpu'], ['SUT_DEVICE', false]);
        assert.ok(thrown.hint?.includes(providers.join(', ')), thrown.hint);
      }
    }
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    assert.deepEqual(readdirSync(temporary), []);
  });

  test('one that there is not is refused with those that there are', async () => {
    await assert.rejects(
      createSystemUnderTest('onnxruntime', { inputs: pairInputsOf(new Float32Array()), provider: 'qnn' }),
      {
        code: 'SUT_DEVICE',
        message: /^onnxruntime has no provider "qnn" here, expected cpu, /,
      },
    );
  });

  test('WebGPU on a graphics processor in software computes', {
    skip: existsSync(VULKAN) ? false : 'no Chromium',
  }, () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { meanBy } from '${new URL('./meanBy.js', import.meta.url)}';
        const { engine, mean } = await meanBy('webgpu');
        console.log(mean, engine.provider, '|', engine.instructionSet);`,
      ],
      {
        env: { ...process.env, LD_LIBRARY_PATH: CHROMIUM, VK_ICD_FILENAMES: VULKAN },
        encoding: 'utf8',
      },
    );
    assert.match(stdout, /^3 webgpu.* \| chosen by webgpu$/m, stderr);
  });
});
