import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf } from '../../../base/errors.js';
import { openLiteRtModel } from '../../../sut/litert/openLiteRtModel.js';
import { startLiteRt } from '../../../sut/litert/startLiteRt.js';
import { EMBEDDING_VALUES, IMAGE_VALUES, smallModel } from '../engines/smallModel.js';

const skip = await startLiteRt().then(() => false, messageOf);

test('what traps in WASM while it computes is an error of ours, which names the file', { skip }, async () => {
  const runtime = await startLiteRt();
  const { run } = openLiteRtModel(runtime, smallModel(1).files[0].content, 'x.tflite');
  // As an operator does that writes beyond its tensor.
  runtime.wasm.HEAPU8.fill(0xff);
  assert.throws(
    () => run(new Float32Array(IMAGE_VALUES), new Float32Array(EMBEDDING_VALUES)),
    ({ code, message, cause }) => {
      assert.equal(code, 'TFLITE_INVOKE');
      assert.match(message, /^LiteRT cannot run x\.tflite: /);
      return cause instanceof Error && cause.name === 'RuntimeError';
    },
  );
});
