import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { type NetworkShape, type PairInputs, responseBytesOf } from '../base/pairLayout.js';
import type { ClosableSystemUnderTest } from '../sut/closableSystemUnderTest.js';
import { IN_THREAD, type Placement } from '../sut/placement.js';
import type { SystemUnderTestPluginOptions } from '../sut/plugins/plugin.js';
import { SPHEREFACE20_SHAPE } from '../sut/sphereface20/network.js';
import { assertSimilar } from './assertSimilar.js';
import type { ContractCase } from './contractCase.js';
import { contractInputs, SAMPLE_COUNT } from './contractInputs.js';
import { Conversation } from './conversation.js';
import { inputCases } from './inputCases.js';
import { assertNothingLeft } from './leftovers.js';

export interface SystemUnderTestContractOptions {
  /** Of the inputs that the system is given; Sphereface-20's if left out. */
  readonly network?: NetworkShape;
  /** In the issuing thread if left out. */
  readonly placement?: Placement;
  /** Answers to one sample may differ by this part of their largest value; 0, none at all, if left out. */
  readonly tolerance?: number;
  /** Of the largest query; 100 if left out. */
  readonly offlineSamples?: number;
  /** How long the system may be silent; 30 s if left out. */
  readonly timeoutMs?: number;
  /** `false` for a system that answers without looking at inputs: what is asked of their use is left out. */
  readonly readsInputs?: boolean;
}

/** Each thread measures the distance of its clocks for itself, and the LoadGen allows for this much. */
const CLOCK_DISAGREEMENT_NS = 1e6;

/**
 * The rules that every system under test keeps, as cases for any test runner; each makes a system of its own with
 * `create`, which is called as a plugin's `createSystemUnderTest` is.
 */
export function systemUnderTestContract(
  create: (options: SystemUnderTestPluginOptions) => Promise<ClosableSystemUnderTest>,
  {
    network = SPHEREFACE20_SHAPE,
    placement = IN_THREAD,
    tolerance = 0,
    offlineSamples = 100,
    timeoutMs = 30_000,
    readsInputs = true,
  }: SystemUnderTestContractOptions = {},
): ContractCase[] {
  const inputs = contractInputs(network, 1);

  /** Makes a system, lets `action` talk with it, closes it. */
  async function talk(
    action: (conversation: Conversation, system: ClosableSystemUnderTest) => Promise<void> | void,
    { where = placement, memory = inputs }: { where?: Placement | undefined; memory?: PairInputs } = {},
  ): Promise<Conversation> {
    const system = await create({
      inputs: memory,
      network,
      modelFile: undefined,
      precision: undefined,
      placement: where,
    });
    const conversation = new Conversation(system);
    try {
      await action(conversation, system);
    } finally {
      await system.close();
    }
    return conversation;
  }

  /** What a system at `where` answers to each sample, asked one by one. */
  async function answersOneByOne(where?: Placement): Promise<Float32Array[]> {
    const values: Float32Array[] = [];
    await talk(
      async (conversation) => {
        for (let index = 0; index < SAMPLE_COUNT; index++) {
          const ids = conversation.issue([index]);
          await conversation.allAnswered(timeoutMs);
          values.push(...ids.map((id) => conversation.valuesOf(id)));
        }
      },
      { where },
    );
    return values;
  }

  const cases: ContractCase[] = [
    {
      name: 'answers every sample once',
      async run() {
        const conversation = await talk(async (talking) => {
          talking.issue([0, 1, 2]);
          await talking.allAnswered(timeoutMs);
        });
        const ids = conversation.answers.map(({ id }) => id).filter((id) => conversation.issued.has(id));
        assert.equal(new Set(ids).size, ids.length, 'a sample is answered more than once');
      },
    },
    {
      name: 'answers with no ids but those issued',
      async run() {
        const { answers, issued } = await talk(async (conversation) => {
          conversation.issue([0, 1, 2]);
          await conversation.settled(timeoutMs);
        });
        assert.deepEqual(
          answers.map(({ id }) => id).filter((id) => !issued.has(id)),
          [],
          'ids that were not issued',
        );
      },
    },
    {
      name: `answers with ${responseBytesOf(network)} bytes a sample`,
      async run() {
        const { answers } = await talk(async (conversation) => {
          conversation.issue([0, 1, 2]);
          await conversation.allAnswered(timeoutMs);
        });
        for (const { id, data } of answers)
          assert.equal(data.length, responseBytesOf(network), `bytes of the answer to sample id ${id}`);
      },
    },
    {
      name: 'gives completion times between issue and answer',
      async run() {
        const { answers } = await talk(async (conversation) => {
          for (const index of [0, 1, 2]) conversation.issue([index]);
          await conversation.allAnswered(timeoutMs);
        });
        for (const { id, completedAtNs, issuedAtNs, answeredAtNs } of answers) {
          if (completedAtNs === undefined || Number.isNaN(issuedAtNs)) continue;
          const isBetween =
            completedAtNs >= issuedAtNs - CLOCK_DISAGREEMENT_NS &&
            completedAtNs <= answeredAtNs + CLOCK_DISAGREEMENT_NS;
          assert.ok(isBetween, `sample id ${id}: ${completedAtNs}, expected from ${issuedAtNs} to ${answeredAtNs}`);
        }
      },
    },
    {
      name: 'takes queries while others are out',
      async run() {
        await talk(async (conversation) => {
          for (const indices of [[0], [1, 2], [0], [2]]) conversation.issue(indices);
          await conversation.allAnswered(timeoutMs);
        });
      },
    },
    {
      name: 'takes a query from inside querySamplesComplete',
      async run() {
        await talk(async (conversation) => {
          conversation.onAnswers = () => {
            if (conversation.issued.size < 4) conversation.issue([conversation.issued.size % SAMPLE_COUNT]);
          };
          conversation.issue([0]);
          while (conversation.issued.size < 4) await conversation.allAnswered(timeoutMs);
          await conversation.allAnswered(timeoutMs);
        });
      },
    },
    {
      name: `answers a query of ${offlineSamples} samples`,
      async run() {
        await talk(async (conversation, system) => {
          conversation.issue(Array.from({ length: offlineSamples }, (_, i) => i % SAMPLE_COUNT));
          system.flushQueries();
          await conversation.allAnswered(timeoutMs);
        });
      },
    },
    {
      name: 'may be flushed without queries, between them, again and again',
      async run() {
        await talk(async (conversation, system) => {
          system.flushQueries();
          conversation.issue([0]);
          system.flushQueries();
          system.flushQueries();
          conversation.issue([1, 2]);
          system.flushQueries();
          await conversation.allAnswered(timeoutMs);
          system.flushQueries();
        });
      },
    },
    {
      name: 'gives a sample the same answer in any order and company',
      async run() {
        const expected = await answersOneByOne();
        const order = [2, 0, 1, 0];
        await talk(async (conversation) => {
          const ids = conversation.issue(order);
          await conversation.allAnswered(timeoutMs);
          for (const [i, id] of ids.entries()) {
            const index = order[i] ?? 0;
            assertSimilar(
              conversation.valuesOf(id),
              expected[index] ?? conversation.valuesOf(id),
              tolerance,
              `sample ${index}`,
            );
          }
        });
      },
    },
    {
      name: 'gives a sample the same answer with any number of workers and any batch',
      async run() {
        const expected = await answersOneByOne(IN_THREAD);
        for (const where of otherPlacements()) {
          for (const [index, values] of (await answersOneByOne(where)).entries())
            assertSimilar(
              values,
              expected[index] ?? values,
              tolerance,
              `sample ${index} with ${JSON.stringify(where)}`,
            );
        }
      },
    },
    {
      name: 'says so if it is closed before it has answered',
      async run() {
        const conversation = await talk((talking) => {
          talking.issue(Array.from({ length: offlineSamples }, (_, i) => i % SAMPLE_COUNT));
        });
        await conversation.settled(timeoutMs);
      },
    },
    {
      name: 'answers nothing after close',
      async run() {
        const { answers } = await talk((conversation) => {
          conversation.issue(Array.from({ length: offlineSamples }, (_, i) => i % SAMPLE_COUNT));
        });
        const answeredBefore = answers.length;
        await pause();
        assert.equal(answers.length, answeredBefore, 'answers that came after close');
      },
    },
    {
      name: 'may be closed twice',
      async run() {
        await talk((_, system) => system.close());
      },
    },
    {
      name: 'keeps nothing running after close',
      run: () =>
        assertNothingLeft(async () => {
          await talk(async (conversation) => {
            conversation.issue([0]);
            await conversation.settled(timeoutMs);
          });
        }),
    },
  ];
  return readsInputs ? [...cases, ...inputCases(talk, { network, tolerance, timeoutMs })] : cases;
}

function otherPlacements(): Placement[] {
  const workers = Math.min(2, availableParallelism());
  return [
    { ...IN_THREAD, batch: 1 },
    { ...IN_THREAD, workers: 1, batch: 2 },
    { ...IN_THREAD, workers, spreadPairs: true },
  ];
}

/** Long enough for what a system has forgotten to cancel to show. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
}
