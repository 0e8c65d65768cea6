import { watchPage } from '../../platform/browser/index.js';
import type { LogFile } from '../../platform/browser/memoryLogs.js';
import { type Manifest, MANIFEST_PATH, RUNS_PATH } from '../shared/manifest.js';
import type { RunOrder, WorkerReport } from '../shared/messages.js';
import { planTests } from '../shared/plannedTest.js';
import type { Upload } from '../shared/upload.js';

const manifest: Manifest = await (await fetch(MANIFEST_PATH)).json();
const main = document.querySelector('main');
const button = document.createElement('button');
button.textContent = 'Start';
const log = document.createElement('pre');
main?.append(button, log);
const say = (text: string) => {
  log.textContent += `${text}\n`;
};
button.onclick = async () => {
  const worker = new Worker('worker.js', { type: 'module' });
  worker.onerror = (e) => say(`error ${e.message}`);
  const { port1, port2 } = new MessageChannel();
  const tests = planTests(manifest, ['SingleStream'], 'short');
  const order: RunOrder = {
    manifest,
    base: location.href,
    engine: 'tfjs-tflite',
    precision: 'fp32',
    threads: 1,
    tests,
    runId: crypto.randomUUID(),
    facts: { browser: 'Chromium' },
  };
  const sent: Upload['tests'] = [];
  port1.onmessage = async ({ data }: MessageEvent<WorkerReport>) => {
    if (data.kind === 'bytes') return;
    if (data.kind === 'progress') {
      return;
    }
    say(JSON.stringify({ ...data, files: undefined }));
    if (data.kind === 'measured') {
      const text = (name: string) => String(data.files.find((f: LogFile) => f.name.endsWith(name))?.content ?? '');
      const latencies = data.files.find((f) => f.name.endsWith('.bin'))?.content;
      const test = tests[data.test];
      if (test === undefined) return;
      sent.push({
        scenario: test.scenario,
        mode: test.mode,
        summary: text('summary.txt'),
        detail: text('detail.txt'),
        accuracy: text('accuracy.json'),
        ...(latencies instanceof Uint8Array ? { latencies: btoa(String.fromCharCode(...latencies)) } : {}),
      });
    }
    if (data.kind === 'done') {
      const upload: Upload = {
        runId: order.runId,
        device: { name: 'me', browser: 'Chromium', platform: 'Linux', logicalProcessors: 2, isolated: crossOriginIsolated },
        engine: order.engine,
        planned: tests.map(({ scenario, mode }) => ({ scenario, mode })),
        tests: sent,
      };
      const response = await fetch(RUNS_PATH, { method: 'POST', body: JSON.stringify(upload) });
      say(await response.text());
    }
  };
  worker.postMessage(order, [watchPage(), port2]);
};
