import type { Manifest } from '../shared/manifest.js';
import type { RunOrder } from '../shared/messages.js';
import { findPageEngine } from '../shared/pageEngines.js';
import type { PlannedTest } from '../shared/plannedTest.js';
import type { Device, Upload } from '../shared/upload.js';
import type { ChosenEngine } from './engineChoice.js';
import { measureEngine } from './measureEngine.js';
import type { ProgressView } from './progressView.js';
import { uploadOf } from './send.js';
import { keepAwake } from './wakeLock.js';

export interface Measuring {
  readonly manifest: Manifest;
  readonly device: Device;
  readonly engines: readonly ChosenEngine[];
  readonly tests: readonly PlannedTest[];
  readonly view: ProgressView;
  readonly signal: AbortSignal;
  /** An engine's turn has come. */
  readonly onStart: (engine: string) => void;
  readonly onRun: (run: Upload) => Promise<void>;
  /** An engine could not be measured, or `onRun` threw; the others go on. */
  readonly onFailure: (engine: string, thrown: unknown) => void;
}

/** Measures engines one after another, and hands over the logs of each. */
export async function measureAll(measuring: Measuring): Promise<void> {
  const { engines, tests, view, signal, onStart, onRun, onFailure } = measuring;
  const letSleep = keepAwake();
  addEventListener('beforeunload', askBeforeLeaving);
  try {
    for (const [index, engine] of engines.entries()) {
      if (signal.aborted) return;
      onStart(engine.name);
      view.next(titleOf(engine, index, engines.length), tests);
      const order = orderOf(measuring, engine);
      try {
        const measured = await measureEngine(order, view.show, signal);
        await onRun(uploadOf(order, measuring.device, measured));
      } catch (thrown) {
        onFailure(engine.name, thrown);
      }
    }
  } finally {
    removeEventListener('beforeunload', askBeforeLeaving);
    letSleep();
  }
}

function orderOf({ manifest, device, tests }: Measuring, { name, precision, threads }: ChosenEngine): RunOrder {
  const { browser, platform, isolated } = device;
  return {
    ...{ manifest, tests, precision, threads, engine: name },
    base: location.href,
    runId: crypto.randomUUID(),
    facts: { browser, platform, page: isolated ? 'isolated' : 'not isolated' },
  };
}

function titleOf({ name }: ChosenEngine, index: number, count: number): string {
  const title = findPageEngine(name).description;
  return count === 1 ? title : `${title}, ${index + 1} of ${count}`;
}

function askBeforeLeaving(event: Event): void {
  event.preventDefault();
}
