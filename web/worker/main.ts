/** The worker of a page that measures one engine: gets one order, runs its tests, reports, and is ended by the page. */
import { LoadGenError, messageOf } from '../../base/errors.js';
import type { RunOrder, WorkerReport } from '../shared/messages.js';
import { runTests } from './runTests.js';

addEventListener('message', async ({ data, ports }: MessageEvent<RunOrder>) => {
  const [page, reports] = ports;
  if (page === undefined || reports === undefined) return;
  const report = (message: WorkerReport) => reports.postMessage(message);
  try {
    await runTests(data, page, report);
    report({ kind: 'done' });
  } catch (thrown) {
    report({
      kind: 'failed',
      message: thrown instanceof LoadGenError ? `${thrown.message} (${thrown.code})` : messageOf(thrown),
      hint: thrown instanceof LoadGenError ? thrown.hint : undefined,
    });
  }
});
