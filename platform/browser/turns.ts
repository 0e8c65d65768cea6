/** Turns of the event loop. A browser's timers of 0 ms come after four; a message of a channel comes at the next turn. */

interface Waiting {
  callback: (() => void) | undefined;
}

const { port1, port2 } = new MessageChannel();
const queue: Waiting[] = [];
port1.onmessage = () => queue.shift()?.callback?.();

/** Lets `callback` run at the event loop's next turn, unless the returned function is called before. */
export function takeTurn(callback: () => void): () => void {
  const waiting: Waiting = { callback };
  queue.push(waiting);
  port2.postMessage(undefined);
  return () => {
    waiting.callback = undefined;
  };
}
