import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';
import { AnswerReader } from '../../../sut/remote/rest/answerReader.js';

const IMAGES = 2;
const BYTES = IMAGES * 512 * 4;
const format = {
  ...{ network: SPHEREFACE20_SHAPE, input: 'images', output: 'embeddings', layout: 'NHWC' as const },
  maxImages: IMAGES,
};

/** An answer in which the embeddings follow another output, all bytes of them `value`. */
function answerOf(id: string, value: number, { changes = {}, more = 0, head = '' } = {}) {
  const output = { name: 'embeddings', datatype: 'FP32', shape: [IMAGES, 512] };
  const outputs = [
    { name: 'other', datatype: 'FP32', shape: [1], parameters: { binary_data_size: 4 } },
    { ...output, parameters: { binary_data_size: BYTES }, ...changes },
  ];
  const json = Buffer.from(head + JSON.stringify({ model_name: 'toy', id, outputs }));
  return { body: Buffer.concat([json, Buffer.alloc(4), Buffer.alloc(BYTES + more, value)]), jsonBytes: json.length };
}

function read(reader: AnswerReader, id: string, { body, jsonBytes }: ReturnType<typeof answerOf>) {
  return reader.read(body, String(jsonBytes), { format, model: 'toy', id, images: IMAGES });
}

describe('answers to one request after another', () => {
  test('are read, whatever the length of their identifier', () => {
    const reader = new AnswerReader();
    for (const [index, id] of ['9', '10', '11', '100'].entries())
      assert.deepEqual(Buffer.from(read(reader, id, answerOf(id, index + 1))), Buffer.alloc(BYTES, index + 1));
  });

  const wrong: readonly (readonly [what: string, answer: ReturnType<typeof answerOf>, message: RegExp])[] = [
    ['of another request', answerOf('1', 0), /answers request "1", expected "2"/],
    ['of another shape', answerOf('2', 0, { changes: { shape: [1, 512] } }), /of shape \[1, 512\]/],
    ['of another type', answerOf('2', 0, { changes: { datatype: 'INT32' } }), /INT32/],
    ['with more bytes', answerOf('2', 0, { more: 4 }), /announces 4100 bytes of binary tensors, and sends 4104/],
    ['that is no JSON', answerOf('2', 0, { head: '!' }), /not JSON/],
    ['with a length of its JSON that is none', { ...answerOf('2', 0), jsonBytes: Number.NaN }, /NaN of the/],
    ['with a negative length of its JSON', { ...answerOf('2', 0), jsonBytes: -4 }, /-4 of the/],
  ];
  for (const [what, answer, message] of wrong) {
    test(`are looked at each time: one ${what}`, () => {
      const reader = new AnswerReader();
      read(reader, '1', answerOf('1', 7));
      assert.throws(() => read(reader, '2', answer), { message });
      assert.deepEqual(Buffer.from(read(reader, '3', answerOf('3', 5))), Buffer.alloc(BYTES, 5));
    });
  }
});
