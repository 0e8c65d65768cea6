import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { LoadGenError } from '../../base/errors.js';
import type { PairInputs } from '../../base/pairLayout.js';
import { imagesAt, PAIR_IMAGES } from '../../base/pairLayout.js';
import type { QueryResponder } from '../../loadgen/systemUnderTest.js';
import { sha256Of } from '../../platform/node/files.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import type { Precision } from '../../sut/engine.js';
import { ENGINES, importEngine } from '../../sut/engines/index.js';
import { EMBEDDING_VALUES, SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { UNSUPPORTED } from '../../sut/onednn/primitive.js';
import { IN_THREAD } from '../../sut/placement.js';
import { OWN_WEIGHTS, REFERENCE_FACES } from '../../sut/sphereface20/ownFiles.js';
import { createVerifiedSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { createVerifiedSystem } from '../../sut/verifiedSystem.js';
import { pairInputsOf } from './pairInputsOf.js';
import { referenceFaces } from './referenceFaces.js';
import { runQuery } from './runQuery.js';

const reference = referenceFaces();
const right = reference.embeddings.slice(0, PAIR_IMAGES * EMBEDDING_VALUES);
const inputs = pairInputsOf(reference.inputs);

/** The right embeddings, the last one turned until its cosine with the right one is `cosine`. */
function turned(cosine: number): Float32Array {
  const values = right.slice();
  const last = values.subarray(-EMBEDDING_VALUES);
  // What is orthogonal to (a, b, c, d, ...) and as long: (-b, a, -d, c, ...).
  const orthogonal = last.map((_, i) => (i % 2 === 0 ? -(last[i + 1] ?? 0) : (last[i - 1] ?? 0)));
  const sine = Math.sqrt(1 - cosine ** 2);
  for (const [i, value] of last.entries()) last[i] = cosine * value + sine * (orthogonal[i] ?? 0);
  return values;
}

interface Script {
  readonly answer?: (responder: QueryResponder, id: number) => void;
  readonly configuration?: ClosableSystemUnderTest['configuration'];
}

interface Made {
  readonly sut: Promise<ClosableSystemUnderTest>;
  readonly issued: number[];
  readonly isClosed: () => boolean;
}

/** A system that answers as scripted, and notes how many samples each query has. */
function make({ answer, configuration }: Script, options: { workers?: number; timeoutMs?: number } = {}): Made {
  const issued: number[] = [];
  let closed = false;
  const create = async (given: PairInputs): Promise<ClosableSystemUnderTest> => ({
    name: 'scripted',
    configuration: { weightsSha256: OWN_WEIGHTS.sha256, precision: 'fp32', ...configuration },
    issueQuery(samples, responder) {
      issued.push(samples.length);
      assert.equal(imagesAt(given.shared, given.offsetOf(0), PAIR_IMAGES, SPHEREFACE20_SHAPE)[0], reference.inputs[0]);
      for (const { id } of samples) answer?.(responder, id);
    },
    flushQueries() {},
    async close() {
      closed = true;
    },
  });
  return { sut: createVerifiedSystem(create, { inputs, workers: 0, ...options }), issued, isClosed: () => closed };
}

const answering =
  (values: Float32Array) =>
  (responder: QueryResponder, id: number): void =>
    responder.querySamplesComplete([{ id, data: new Uint8Array(values.buffer) }]);

for (const [precision, cosine] of [
  ['fp32', 0.999991],
  ['bf16', 0.9991],
  ['int8', 0.9991],
] as const) {
  test(`in ${precision} a least cosine of ${cosine} is good enough, and stands in the configuration`, async () => {
    const { sut } = make({ answer: answering(turned(cosine)), configuration: { precision } });
    const { referenceCosine } = (await sut).configuration;
    assert.ok(Math.abs(Number(referenceCosine) - cosine) < 1e-7, String(referenceCosine));
  });
}

for (const [precision, cosine, expected] of [
  ['fp32', 0.999975, /found a least cosine of 0\.99997\d* with .*, expected at least 0\.99999 in fp32/],
  ['bf16', 0.9989, /found a least cosine of 0\.99(89|88)\d* with .*, expected at least 0\.999 in bf16/],
  ['int8', 0.9389, /found a least cosine of 0\.93(89|88)\d* with .*, expected at least 0\.999 in int8/],
] as const) {
  test(`in ${precision} a least cosine of ${cosine} is refused, and the system is closed`, async () => {
    const { sut, isClosed } = make({ answer: answering(turned(cosine)), configuration: { precision } });
    await assert.rejects(sut, { code: 'SUT_EMBEDDINGS', exitCode: 2, message: expected, hint: /--unverified/ });
    assert.ok(isClosed());
  });
}

for (const [fault, code, answer, message] of [
  ['zeros', 'SUT_WRONG_ANSWER', answering(new Float32Array(right.length)), /found a least cosine of NaN/],
  ['too few values', 'SUT_WRONG_ANSWER', answering(right.slice(1)), /found a least cosine of NaN/],
  ['an error', 'SUT_FAILED', (responder) => responder.fail(new Error('no power')), /it failed: no power/],
  [
    'an exception',
    'SUT_FAILED',
    () => {
      throw new Error('no power');
    },
    /it failed: no power/,
  ],
  ['nothing', 'SUT_NO_ANSWER', () => {}, /it did not answer in 0\.01 s/],
] as const satisfies readonly (readonly [string, string, Script['answer'], RegExp])[]) {
  test(`a system that answers with ${fault} is refused`, async () => {
    const { sut, isClosed } = make({ answer }, { timeoutMs: 10 });
    await assert.rejects(sut, { code, message });
    assert.ok(isClosed());
  });
}

test('each worker is given a pair, and one of them that is wrong is enough', async () => {
  const answer = (responder: QueryResponder, id: number) => answering(id === 2 ? turned(0.5) : right)(responder, id);
  const { sut, issued } = make({ answer }, { workers: 3 });
  await assert.rejects(sut, /found a least cosine of 0\.5/);
  assert.deepEqual(issued, [3, 3]);
});

test('a system that fails after a wrong answer is refused for the failure', async () => {
  let asked = 0;
  const answer = (responder: QueryResponder, id: number) => {
    if (++asked === 1) answering(turned(0.5))(responder, id);
    else responder.fail(new Error('no power'));
  };
  const { sut, isClosed } = make({ answer });
  await assert.rejects(sut, { code: 'SUT_FAILED', message: /it failed: no power/ });
  assert.ok(isClosed());
});

test('a system that runs other weights, or does not say which, is not asked', async () => {
  for (const configuration of [{ weightsSha256: '0'.repeat(64) }, { weightsSha256: '' }]) {
    const { sut, issued } = make({ configuration });
    assert.equal((await sut).configuration.referenceCosine, undefined);
    assert.deepEqual(issued, []);
  }
});

test('the reference is of the weights that come with this project, and undamaged', () => {
  for (const { file, sha256 } of [OWN_WEIGHTS, REFERENCE_FACES]) assert.equal(sha256Of(readFileSync(file)), sha256);
});

/** It takes a minute for a pair on a busy machine; another test compares its embedding of one face. */
const TOO_SLOW = 'tfjs-cpu';

for (const { name, module } of ENGINES.filter((engine) => engine.name !== TOO_SLOW)) {
  test(`${name} embeds the reference faces, in each precision, and then answers the library's samples`, async (t) => {
    const { checkUsable, precisions } = await importEngine(module.href);
    try {
      await checkUsable();
    } catch (thrown) {
      t.skip(String(thrown));
      return;
    }
    for (const precision of precisions) await t.test(precision, (t) => checkAnswers(t, name, precision));
  });
}

async function checkAnswers(t: TestContext, name: string, precision: Precision): Promise<void> {
  const sut = await createOrSkip(t, name, precision);
  if (sut === undefined) return;
  t.diagnostic(`least cosine ${sut.configuration.referenceCosine}`);
  const answers = await runQuery(sut, [1]);
  const found = new Float32Array(new Uint8Array(answers.get(1)?.bytes ?? []).buffer);
  const expected = reference.embeddings.subarray(4 * EMBEDDING_VALUES, 8 * EMBEDDING_VALUES);
  const largest = found.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? Number.NaN))), 0);
  assert.ok(largest < 10, `a value is off by ${largest}, of norms of about 400`);
  await sut.close();
}

/** Which precisions oneDNN has depends on the processor: bf16 needs AVX-512. */
async function createOrSkip(t: TestContext, name: string, precision: Precision) {
  try {
    return await createVerifiedSystemUnderTest(name, { inputs, precision });
  } catch (thrown) {
    if (!(thrown instanceof LoadGenError && thrown.code === UNSUPPORTED)) throw thrown;
    t.skip(thrown.message);
    return undefined;
  }
}

test('workers of a pool are asked', async () => {
  const placement = { ...IN_THREAD, workers: 2 };
  const sut = await createVerifiedSystemUnderTest('tfjs-tflite', { inputs, placement });
  assert.ok(Number(sut.configuration.referenceCosine) > 0.9999999);
  await sut.close();
});
