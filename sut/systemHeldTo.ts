import { LoadGenError, loadGenErrorOf, messageOf } from '../base/errors.js';
import { type PairInputs, pairValuesOf, responseBytesOf } from '../base/pairLayout.js';
import type { ClosableSystemUnderTest, SystemConfiguration } from './closableSystemUnderTest.js';
import { PRECISIONS, type Precision } from './engine.js';
import { EMBEDDING_VALUES, SPHEREFACE20_SHAPE } from './networks/sphereface20.js';
import { parseReferenceFaces } from './sphereface20/referenceFaces.js';

/** The least cosine that an embedding may have with the one that PyTorch computes in float32. */
const MIN_COSINE: Readonly<Record<Precision, number>> = { fp32: 0.99999, bf16: 0.999, int8: 0.999 };

const PAIR_VALUES = pairValuesOf(SPHEREFACE20_SHAPE);
const DEFAULT_TIMEOUT_MS = 120_000;
/** An engine that takes longer for a pair, such as one in plain JavaScript, is asked only once. */
const SLOW_MS = 5000;
/** How long a failure of a worker or in a timer may take to be known. */
const FAILURE_MS = 50;

/** What a system is held to. */
export interface Reference<Memory extends ArrayBufferLike> {
  /** Of the weights whose embeddings are known. */
  readonly weightsSha256: string;
  /** The content of reference.safetensors. */
  read(): Promise<Uint8Array>;
  allocate(bytes: number): Memory;
  /** What to do about a system whose embeddings are others. */
  readonly hint: string;
}

export interface VerificationOptions<Memory extends ArrayBufferLike = SharedArrayBuffer> {
  readonly inputs: PairInputs<Memory>;
  /** As many pairs are asked at a time, so that each worker embeds one. */
  readonly workers: number;
  /** How long the system may take to answer; two minutes by default. */
  readonly timeoutMs?: number | undefined;
  /** The least cosines of slow engines that were asked before; another one is added. */
  readonly slowEngines?: Map<string, number> | undefined;
}

/**
 * Makes a system and, if its configuration states the digest of the weights whose embeddings are known, has it embed the
 * reference faces before it sees `inputs`. The configuration of the system returned then also holds `referenceCosine`: the
 * least cosine of an embedding with the reference.
 *
 * @throws SUT_EMBEDDINGS if that cosine is too low for the system's precision
 * @throws SUT_FAILED, SUT_NO_ANSWER, SUT_WRONG_ANSWER if it does not embed the faces at all
 */
export async function createSystemHeldTo<Memory extends ArrayBufferLike>(
  reference: Reference<Memory>,
  create: (inputs: PairInputs<Memory>) => Promise<ClosableSystemUnderTest>,
  { inputs, workers, timeoutMs = DEFAULT_TIMEOUT_MS, slowEngines = new Map() }: VerificationOptions<Memory>,
): Promise<ClosableSystemUnderTest> {
  let current = inputs;
  const sut = await create({
    get shared() {
      return current.shared;
    },
    offsetOf: (sampleIndex) => current.offsetOf(sampleIndex),
  });
  const { engine, engineVersion, precision, device, provider, weightsSha256, modelSha256 } = sut.configuration;
  if (weightsSha256 !== reference.weightsSha256) return sut;
  try {
    const key = [engine, engineVersion, precision, device, provider, modelSha256].join();
    let cosine = slowEngines.get(key);
    if (cosine === undefined) {
      const { pair, embeddings } = referencePair(await reference.read(), reference.allocate);
      current = pair;
      const ask = () => leastCosine(sut, embeddings, Math.max(1, workers), timeoutMs, reference.hint);
      const startedMs = performance.now();
      cosine = await ask();
      if (!isNear(sut, cosine)) {
        // Asked again: a system that has failed meanwhile says so, and that is the cause.
        await new Promise((resolve) => setTimeout(resolve, FAILURE_MS));
        cosine = await ask();
      }
      if (performance.now() - startedMs > SLOW_MS) slowEngines.set(key, cosine);
      current = inputs;
    }
    checkCosine(sut, cosine, reference.hint);
    return withConfiguration(sut, { ...sut.configuration, referenceCosine: cosine });
  } catch (thrown) {
    await sut.close();
    throw thrown;
  }
}

/** The first four reference faces, as the images of every sample. */
function referencePair<Memory extends ArrayBufferLike>(
  content: Uint8Array,
  allocate: (bytes: number) => Memory,
): { pair: PairInputs<Memory>; embeddings: Float32Array } {
  const { inputs, embeddings } = parseReferenceFaces(content, 'reference.safetensors');
  const shared = allocate(PAIR_VALUES * Float32Array.BYTES_PER_ELEMENT);
  new Float32Array(shared).set(inputs.subarray(0, PAIR_VALUES));
  return { pair: { shared, offsetOf: () => 0 }, embeddings };
}

/** Issues one query of `sampleCount` samples. */
function leastCosine(
  sut: ClosableSystemUnderTest,
  expected: Float32Array,
  sampleCount: number,
  timeoutMs: number,
  hint: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (reason: unknown) => {
      clearTimeout(timer);
      const failure = () =>
        referenceError('SUT_FAILED', sut, `it failed: ${messageOf(reason)}`, { hint, cause: reason });
      reject(loadGenErrorOf(reason) ?? failure());
    };
    const late = () =>
      fail(referenceError('SUT_NO_ANSWER', sut, `it did not answer in ${timeoutMs / 1000} s`, { hint }));
    const timer = setTimeout(late, timeoutMs);
    let least = Number.POSITIVE_INFINITY;
    const missing = new Set(Array.from({ length: sampleCount }, (_, id) => id));
    try {
      sut.issueQuery(
        [...missing].map((id) => ({ id, index: 0 })),
        {
          querySamplesComplete(responses) {
            for (const { id, data } of responses) {
              missing.delete(id);
              // At once: a system may use the memory of an answer for the next one.
              least = Math.min(least, cosineOfResponse(data, expected));
            }
            if (missing.size > 0) return;
            clearTimeout(timer);
            resolve(least);
          },
          fail,
        },
      );
      sut.flushQueries();
    } catch (thrown) {
      fail(thrown);
    }
  });
}

/** The least cosine of the response's embeddings; NaN where it holds another number of them, or no finite numbers. */
function cosineOfResponse(data: Uint8Array, expected: Float32Array): number {
  if (data.length !== responseBytesOf(SPHEREFACE20_SHAPE)) return Number.NaN;
  return leastCosineOf(new Float32Array(data.slice().buffer), expected);
}

/** The least cosine of an embedding in `found` with the one at its place in `expected`. */
export function leastCosineOf(found: Float32Array, expected: Float32Array): number {
  const cosines = Array.from({ length: found.length / EMBEDDING_VALUES }, (_, image) => {
    const [start, end] = [image * EMBEDDING_VALUES, (image + 1) * EMBEDDING_VALUES];
    return cosineOf(found.subarray(start, end), expected.subarray(start, end));
  });
  return Math.min(...cosines);
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? Number.NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function isNear({ configuration }: ClosableSystemUnderTest, cosine: number): boolean {
  return cosine >= leastAllowed(configuration).cosine;
}

function leastAllowed({ precision }: SystemConfiguration): { precision: Precision; cosine: number } {
  const stated = PRECISIONS.find((known) => known === precision) ?? 'fp32';
  return { precision: stated, cosine: MIN_COSINE[stated] };
}

function checkCosine(sut: ClosableSystemUnderTest, cosine: number, hint: string): void {
  if (isNear(sut, cosine)) return;
  const { precision, cosine: expected } = leastAllowed(sut.configuration);
  throw referenceError(
    Number.isNaN(cosine) ? 'SUT_WRONG_ANSWER' : 'SUT_EMBEDDINGS',
    sut,
    `found a least cosine of ${cosine} with the embeddings of PyTorch, expected at least ${expected} in ${precision}`,
    { hint },
  );
}

function referenceError(
  code: 'SUT_EMBEDDINGS' | 'SUT_FAILED' | 'SUT_NO_ANSWER' | 'SUT_WRONG_ANSWER',
  { name }: ClosableSystemUnderTest,
  found: string,
  options: { readonly hint: string; readonly cause?: unknown },
): LoadGenError {
  return new LoadGenError(code, `${name}, asked for the embeddings of reference faces: ${found}`, options);
}

/** The same system with another configuration; it may be an instance of a class, so that its members cannot be copied. */
function withConfiguration(
  sut: ClosableSystemUnderTest,
  configuration: ClosableSystemUnderTest['configuration'],
): ClosableSystemUnderTest {
  return {
    name: sut.name,
    configuration,
    takeSamples: (samples) => sut.takeSamples?.(samples),
    ...(sut.watchServer === undefined ? {} : { watchServer: sut.watchServer.bind(sut) }),
    issueQuery: (samples, responder) => sut.issueQuery(samples, responder),
    flushQueries: () => sut.flushQueries(),
    close: () => sut.close(),
  };
}
