import assert from 'node:assert/strict';
import { test } from 'node:test';
import { polledSleep } from '../../platform/timers.js';

const READING_NS = 1000;

/** A thread whose clock goes on as it is read and as it blocks. */
class Thread {
  ns = 0;
  blocks = 0;
  readonly sleepUntil = polledSleep({
    nowNs: () => {
      this.ns += READING_NS;
      if (this.#takenNs > 0 && this.ns > this.#takenAtNs) {
        this.ns += this.#takenNs;
        this.#takenNs = 0;
      }
      return this.ns;
    },
    takeTurn: setImmediate,
    timerSlackNs: 2e6,
    block: (durationNs) => {
      this.blocks++;
      this.ns += durationNs;
    },
  });
  #takenAtNs = 0;
  #takenNs = 0;

  /** Others have the processor for so long, at the first reading after that time. */
  loseProcessor(atNs: number, durationNs: number): void {
    this.#takenAtNs = atNs;
    this.#takenNs = durationNs;
  }

  /** How often it blocked meanwhile. */
  async sleep(durationNs: number): Promise<number> {
    const before = this.blocks;
    await this.sleepUntil(this.ns + durationNs);
    return this.blocks - before;
  }
}

test('a thread that nobody disturbs polls, and is at most two readings late', async () => {
  const thread = new Thread();
  assert.equal(await thread.sleep(1.5e6), 0);
  assert.ok(thread.ns - 1.5e6 <= 2 * READING_NS);
});

for (const [takenNs, blocks] of [
  [0.9e6, 0],
  [3e6, 10],
] as const) {
  test(`after its processor was taken for ${takenNs / 1e6} ms, a wait of a millisecond blocks ${blocks} times`, async () => {
    const thread = new Thread();
    thread.loseProcessor(0.2e6, takenNs);
    await thread.sleep(1e6);
    assert.equal(await thread.sleep(1e6), blocks);
  });
}

test('five seconds later it polls again', async () => {
  const thread = new Thread();
  thread.loseProcessor(0.2e6, 3e6);
  await thread.sleep(1e6);
  thread.ns += 5e9;
  assert.equal(await thread.sleep(1e6), 0);
});

test('a time that is long past is no sign of others', async () => {
  const thread = new Thread();
  await thread.sleep(-1e9);
  assert.equal(await thread.sleep(1e6), 0);
});
