/** What the page hands to whoever serves it. */
import type { LogFile } from '../../platform/browser/memoryLogs.js';
import type { DeviceResult } from '../shared/deviceResult.js';
import { NOTICES_PATH, RUNS_PATH } from '../shared/manifest.js';
import type { MeasuredTest, RunOrder } from '../shared/messages.js';
import type { Notice } from '../shared/notice.js';
import type { Device, Upload, UploadedTest } from '../shared/upload.js';

/** A run as it is sent and saved. */
export function uploadOf(order: RunOrder, device: Device, tests: readonly MeasuredTest[]): Upload {
  return {
    runId: order.runId,
    device,
    engine: order.engine,
    planned: order.tests.map(({ scenario, mode }) => ({ scenario, mode })),
    tests: tests.flatMap((test) => uploadedTest(order, test)),
  };
}

/** @throws Error if the server does not take the run, with its reason */
export async function sendRun(upload: Upload): Promise<DeviceResult> {
  const response = await fetch(RUNS_PATH, { method: 'POST', body: JSON.stringify(upload) });
  const answer: { error?: string } & DeviceResult = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `status ${response.status}`);
  return answer;
}

/** The terminal shows who is here and what they do; nobody waits for it. */
export function sendNotice(notice: Notice): void {
  fetch(NOTICES_PATH, { method: 'POST', body: JSON.stringify(notice) }).catch(() => {});
}

function uploadedTest({ tests }: RunOrder, { test, files }: MeasuredTest): UploadedTest[] {
  const planned = tests[test];
  if (planned === undefined) return [];
  const { scenario, mode } = planned;
  const latencies = contentOf(files, 'latencies_ns.bin');
  return [
    {
      ...{ scenario, mode },
      summary: String(contentOf(files, 'summary.txt')),
      detail: String(contentOf(files, 'detail.txt')),
      accuracy: String(contentOf(files, 'accuracy.json')),
      ...(latencies instanceof Uint8Array ? { latencies: base64Of(latencies) } : {}),
    },
  ];
}

function contentOf(files: readonly LogFile[], ending: string): LogFile['content'] {
  return files.find(({ name }) => name.endsWith(ending))?.content ?? '';
}

/** A call takes only so many arguments. */
const CHUNK_BYTES = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  return btoa(text);
}
