import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTfliteLibrary } from '../../../sut/tfliteNative/library.js';

test('says which package is missing and how to get it', async () => {
  await assert.rejects(loadTfliteLibrary('no-such-package', 'linux x64'), {
    code: 'SUT_NOT_INSTALLED',
    message: 'the package no-such-package is not installed',
    hint: '"loadgen suts --install tflite-native" installs it.',
  });
});

for (const platform of ['darwin arm64', 'darwin x64', 'freebsd x64', 'linux ia32']) {
  test(`says that there is no library for ${platform}`, async () => {
    await assert.rejects(loadTfliteLibrary('tfjs-tflite-node', platform), {
      code: 'SUT_NOT_INSTALLED',
      message: `tfjs-tflite-node has no library with XNNPACK for ${platform}, only for linux arm64, linux x64, win32 x64`,
    });
  });
}
