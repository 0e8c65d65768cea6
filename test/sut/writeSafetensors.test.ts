import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSafetensors } from '../../sut/sphereface20/safetensors.js';
import { writeSafetensors } from '../../sut/sphereface20/writeSafetensors.js';

test('what is written is what is read, and data starts at a multiple of 8', () => {
  // What our own reader takes for a name: no text about the file, and nothing that JSON objects treat differently.
  const names = fc.string().filter((name) => name !== '__metadata__' && name !== '__proto__');
  const tensors = fc.uniqueArray(fc.tuple(names, fc.float32Array({ maxLength: 20 })), { selector: ([name]) => name });
  fc.assert(
    fc.property(tensors, fc.string(), (named, text) => {
      const content = writeSafetensors(
        named.map(([name, values]) => ({ name, shape: [1, values.length], values })),
        { text },
      );
      assert.equal(Buffer.from(content).readUInt32LE(0) % 8, 0);
      const read = parseSafetensors(content, 'x');
      assert.equal(read.size, named.length);
      for (const [name, values] of named) {
        assert.deepEqual(read.get(name)?.shape, [1, values.length]);
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        assert.deepEqual(Buffer.from(read.get(name)?.bytes ?? []), Buffer.from(bytes));
      }
    }),
  );
});
