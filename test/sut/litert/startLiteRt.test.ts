import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { startLiteRt } from '../../../sut/litert/startLiteRt.js';

test('says which package is missing and how to get it', async () => {
  await assert.rejects(startLiteRt('no-such-package'), {
    code: 'SUT_NOT_INSTALLED',
    message: 'the package no-such-package is not installed',
    hint: '"loadgen suts --install litert" installs it.',
  });
});

test('prints nothing, and takes the build with relaxed SIMD where Node has it', async (t) => {
  const { notInstalled } = await startLiteRt().then(
    () => ({ notInstalled: undefined }),
    (error: Error) => ({ notInstalled: error.message }),
  );
  if (notInstalled !== undefined) return t.skip(notInstalled);
  const script = `
    import * as litert from ${JSON.stringify(new URL('../../../sut/engines/litert.js', import.meta.url).href)};
    import { smallModel } from ${JSON.stringify(new URL('../engines/smallModel.js', import.meta.url).href)};
    const engine = await litert.createEngine(smallModel(1), { precision: 'fp32' });
    const output = new Float32Array(2);
    engine.infer(Float32Array.of(1, 1, 1, 1), output);
    process.stdout.write(engine.instructionSet + ': ' + output);`;
  // Later versions have it without a flag, and some refuse the flag.
  const relaxedSimd = process.versions.node.startsWith('20.') ? ['--experimental-wasm-relaxed-simd'] : [];
  const args = [...relaxedSimd, '--input-type=module', '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.deepEqual([stdout, stderr], ['WASM relaxed SIMD: 4,9.5', '']);
});
