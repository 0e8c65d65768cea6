import assert from 'node:assert/strict';
import type { NetworkShape } from '../base/pairLayout.js';
import type { ClosableSystemUnderTest } from '../sut/closableSystemUnderTest.js';
import { SPHEREFACE20_SHAPE } from '../sut/networks/sphereface20.js';
import { IN_THREAD, type Placement } from '../sut/placement.js';
import type { SystemUnderTestPluginOptions } from '../sut/plugins/plugin.js';
import { answerRules } from './answerRules.js';
import { type ContractCase, contractCases, pause, type Rules } from './contractCase.js';
import { contractInputs, SAMPLE_COUNT } from './contractInputs.js';
import { Conversation, type Subject, type Talk } from './conversation.js';
import { inputRules } from './inputRules.js';
import { assertNothingLeft } from './leftovers.js';

export interface SystemUnderTestContractOptions {
  /** Shape of the inputs that the system is given. Default: Sphereface-20's. */
  readonly network?: NetworkShape;
  /** Default: `IN_THREAD`. */
  readonly placement?: Placement;
  /** Answers to one sample may differ by this part of their largest value. Default: 0, the same bits. */
  readonly tolerance?: number;
  /** Samples of the largest query. Default: 100. */
  readonly offlineSamples?: number;
  /** How long the system may be silent. Default: 30,000. */
  readonly timeoutMs?: number;
  /** `false` for a system that answers without looking at inputs: the rules about them are left out. Default: true. */
  readonly readsInputs?: boolean;
}

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
  const talk: Talk = async (action, { where = placement, memory = inputs } = {}) => {
    const options = { inputs: memory, network, modelFile: undefined, precision: undefined, placement: where };
    const system = await create(options);
    const conversation = new Conversation(system);
    try {
      await action(conversation, system);
    } finally {
      await system.close();
    }
    return conversation;
  };
  const subject = { talk, network, tolerance, offlineSamples, timeoutMs };
  return contractCases({
    ...answerRules(subject),
    ...queryRules(subject),
    ...closingRules(subject),
    ...(readsInputs ? inputRules(subject) : {}),
  });
}

function queryRules({ talk, offlineSamples, timeoutMs }: Subject): Rules {
  return {
    async 'takes queries while others are out'() {
      await talk(async (conversation) => {
        for (const indices of [[0], [1, 2], [0], [2]]) conversation.issue(indices);
        await conversation.allAnswered(timeoutMs);
      });
    },
    async 'takes a query from inside querySamplesComplete'() {
      await talk(async (conversation) => {
        conversation.onAnswers = () => {
          if (conversation.issued.size < 4) conversation.issue([conversation.issued.size % SAMPLE_COUNT]);
        };
        conversation.issue([0]);
        while (conversation.issued.size < 4) await conversation.allAnswered(timeoutMs);
        await conversation.allAnswered(timeoutMs);
      });
    },
    async [`answers a query of ${offlineSamples} samples`]() {
      await talk(async (conversation, system) => {
        conversation.issue(manySamples(offlineSamples));
        system.flushQueries();
        await conversation.allAnswered(timeoutMs);
      });
    },
    async 'may be flushed without queries, between them, again and again'() {
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
  };
}

function closingRules({ talk, offlineSamples, timeoutMs }: Subject): Rules {
  return {
    async 'says so if it is closed before it has answered'() {
      const conversation = await talk((talking) => void talking.issue(manySamples(offlineSamples)));
      await conversation.settled(timeoutMs);
    },
    async 'answers nothing after close'() {
      const { answers } = await talk((conversation) => void conversation.issue(manySamples(offlineSamples)));
      const answeredBefore = answers.length;
      await pause();
      assert.equal(answers.length, answeredBefore, 'answers that came after close');
    },
    async 'may be closed twice'() {
      await talk((_, system) => system.close());
    },
    'keeps nothing running after close': () =>
      assertNothingLeft(async () => {
        await talk(async (conversation) => {
          conversation.issue([0]);
          await conversation.settled(timeoutMs);
        });
      }),
  };
}

function manySamples(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i % SAMPLE_COUNT);
}
