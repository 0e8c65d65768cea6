/** In the worker: answers each message, and tells what is thrown. */

/** @param respond gets the message, and the port of the page that watches */
export function answer<Message>(respond: (message: Message, page: MessagePort) => unknown): void {
  addEventListener('message', async ({ data, ports }: MessageEvent<Message>) => {
    const [port, page] = ports;
    if (port === undefined || page === undefined) return;
    try {
      port.postMessage({ value: await respond(data, page) });
    } catch (thrown) {
      port.postMessage({ fault: thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown) });
    }
  });
}
