import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imagesAt, type NetworkShape, PAIR_IMAGES } from '../../base/pairLayout.js';
import type { QueryResponder, QuerySample } from '../../loadgen/systemUnderTest.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import type { SystemUnderTestPluginOptions } from '../../sut/plugins/plugin.js';
import { systemUnderTestContract } from '../../testing/index.js';
import { failingCases } from './failingCases.js';

const network: NetworkShape = { inputHeight: 2, inputWidth: 2, inputChannels: 1, embeddingValues: 1 };

type Changes = (
  sound: ClosableSystemUnderTest,
  options: SystemUnderTestPluginOptions,
) => Partial<ClosableSystemUnderTest>;

const COMPANY = 'gives a sample the same answer in any order and company';
const PLACEMENTS = 'gives a sample the same answer with any number of workers and any batch';
const CLOSING = 'says so if it is closed before it has answered';
const LARGE = 'answers a query of 20 samples';

for (const [what, changes, expected] of [
  ['keeps all rules', () => ({}), []],
  [
    'answers a sample twice',
    (sound) => ({
      issueQuery(samples, responder) {
        sound.issueQuery(samples, responder);
        if (samples.length === 3) sound.issueQuery(samples.slice(0, 1), responder);
      },
    }),
    ['answers every sample once'],
  ],
  [
    'answers what was not asked',
    (sound) => ({
      issueQuery(samples, responder) {
        sound.issueQuery(samples, responder);
        responder.querySamplesComplete([{ id: 1, data: new Uint8Array(16) }]);
      },
    }),
    ['answers with no ids but those issued'],
  ],
  [
    'gives too few bytes',
    (sound) => changingAnswers(sound, (data) => data.slice(0, 12)),
    ['answers with 16 bytes a sample'],
  ],
  [
    'gives milliseconds as completion times',
    (sound) => ({
      issueQuery: (samples, responder) =>
        sound.issueQuery(samples, {
          querySamplesComplete: (responses) => responder.querySamplesComplete(responses, performance.now()),
          fail: (reason) => responder.fail(reason),
        }),
    }),
    ['gives completion times between issue and answer'],
  ],
  [
    'forgets the samples of a large query',
    (sound) => ({ issueQuery: (samples, responder) => sound.issueQuery(samples.slice(0, 4), responder) }),
    [LARGE, CLOSING],
  ],
  [
    'takes one query at a time',
    (sound) => {
      let busy = false;
      return {
        issueQuery(samples, responder) {
          if (busy) throw new Error('busy');
          busy = true;
          setImmediate(() => {
            busy = false;
            issueOrFail(sound, samples, responder);
          });
        },
      };
    },
    [
      'gives completion times between issue and answer',
      'takes queries while others are out',
      'may be flushed without queries, between them, again and again',
      'answers nothing after close',
    ],
  ],
  [
    'cannot be called from inside its answers',
    (sound) => {
      let answering = false;
      return {
        issueQuery(samples, responder) {
          if (answering) throw new Error('called from inside');
          answering = true;
          sound.issueQuery(samples, responder);
          answering = false;
        },
      };
    },
    ['takes a query from inside querySamplesComplete'],
  ],
  [
    'can be flushed once',
    () => {
      let flushes = 0;
      return {
        flushQueries() {
          if (++flushes > 1) throw new Error('flushed again');
        },
      };
    },
    ['may be flushed without queries, between them, again and again'],
  ],
  [
    "gives all samples of a query the first one's answer",
    (sound) => ({
      issueQuery: (samples, responder) =>
        sound.issueQuery(
          samples.map(({ id }) => ({ id, index: samples[0]?.index ?? 0 })),
          responder,
        ),
    }),
    [COMPANY],
  ],
  [
    'has results that depend on the batch',
    (sound, { placement }) =>
      changingAnswers(sound, (data) => (placement.batch === 1 ? data.map((byte) => byte ^ 1) : data)),
    [PLACEMENTS],
  ],
  [
    'forgets its queries when it is closed',
    (sound) => {
      const waiting: NodeJS.Immediate[] = [];
      return {
        issueQuery(samples, responder) {
          waiting.push(setImmediate(() => issueOrFail(sound, samples, responder)));
        },
        async close() {
          for (const immediate of waiting) clearImmediate(immediate);
        },
      };
    },
    [CLOSING],
  ],
  [
    'answers after close',
    (sound) => ({ issueQuery: (samples, responder) => setTimeout(() => issueOrFail(sound, samples, responder), 5) }),
    ['answers nothing after close'],
  ],
  [
    'cannot be closed twice',
    () => {
      let closed = false;
      return {
        async close() {
          if (closed) throw new Error('closed already');
          closed = true;
        },
      };
    },
    ['may be closed twice'],
  ],
  [
    'leaves a timer running',
    () => ({
      async close() {
        leftTimers.push(setInterval(() => {}, 60_000));
      },
    }),
    ['keeps nothing running after close'],
  ],
  [
    'answers a sample that is not loaded with zeros',
    (sound) => ({
      issueQuery(samples, responder) {
        try {
          sound.issueQuery(samples, responder);
        } catch {
          responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(16) })));
        }
      },
    }),
    ['throws or fails at a sample that is not loaded'],
  ],
  [
    'remembers where inputs were at first',
    (_, options) => {
      const { shared } = options.inputs;
      return soundSystem({ ...options, inputs: { shared, offsetOf: (index) => options.inputs.offsetOf(index) } });
    },
    ['reads samples from where they are after they are loaded again'],
  ],
  [
    'works in the memory of its inputs',
    (sound, { inputs }) => ({
      issueQuery(samples, responder) {
        sound.issueQuery(samples, responder);
        new Float32Array(inputs.shared).subarray(-1)[0] = 0.5;
      },
    }),
    ['leaves its inputs as they are'],
  ],
] satisfies [string, Changes, string[]][]) {
  test(`a system that ${what} fails ${expected.length} cases: ${expected.join(', ')}`, async (t) => {
    t.after(() => leftTimers.splice(0).forEach(clearInterval));
    const cases = systemUnderTestContract(
      async (options) => {
        const sound = soundSystem(options);
        return { ...sound, ...changes(sound, options) };
      },
      { network, offlineSamples: 20, timeoutMs: 200 },
    );
    assert.deepEqual(await failingCases(cases), expected);
  });
}

test('a system that never answers fails every case that waits for answers', async () => {
  const cases = systemUnderTestContract(async (options) => ({ ...soundSystem(options), issueQuery() {} }), {
    network,
    timeoutMs: 20,
  });
  const failing = await failingCases(cases);
  const passing = cases.map(({ name }) => name).filter((name) => !failing.includes(name));
  assert.deepEqual(passing, ['answers nothing after close', 'may be closed twice']);
});

const leftTimers: NodeJS.Timeout[] = [];

/** Embeds an image as the sum of its values. */
function soundSystem({ inputs, network }: SystemUnderTestPluginOptions): ClosableSystemUnderTest {
  const answer = (index: number): Uint8Array => {
    const images = imagesAt(inputs.shared, inputs.offsetOf(index), PAIR_IMAGES, network);
    const imageValues = images.length / PAIR_IMAGES;
    const sums = Float32Array.from({ length: PAIR_IMAGES }, (_, image) =>
      images.subarray(image * imageValues, (image + 1) * imageValues).reduce((sum, value) => sum + value, 0),
    );
    return new Uint8Array(sums.buffer);
  };
  return {
    name: 'sums',
    configuration: {},
    issueQuery: (samples, responder) =>
      responder.querySamplesComplete(samples.map(({ id, index }) => ({ id, data: answer(index) }))),
    flushQueries() {},
    async close() {},
  };
}

function issueOrFail(sound: ClosableSystemUnderTest, samples: readonly QuerySample[], responder: QueryResponder): void {
  try {
    sound.issueQuery(samples, responder);
  } catch (thrown) {
    responder.fail(thrown);
  }
}

function changingAnswers(
  sound: ClosableSystemUnderTest,
  change: (data: Uint8Array) => Uint8Array,
): Partial<ClosableSystemUnderTest> {
  return {
    issueQuery: (samples: readonly QuerySample[], responder: QueryResponder) =>
      sound.issueQuery(samples, {
        querySamplesComplete: (responses) =>
          responder.querySamplesComplete(responses.map(({ id, data }) => ({ id, data: change(data) }))),
        fail: (reason) => responder.fail(reason),
      }),
  };
}
