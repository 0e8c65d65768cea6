import type { Preparation } from '../shared/messages.js';
import type { PlannedTest } from '../shared/plannedTest.js';
import { element } from './dom.js';
import { megabytes } from './engineChoice.js';
import type { RunProgress } from './measureEngine.js';

const PREPARATIONS: Readonly<Record<Preparation, string>> = {
  model: 'Making the model of its weights',
  engine: 'Starting the engine',
  embeddings: 'Checking what the engine computes',
};
const TEST_TEXTS: Readonly<Record<PlannedTest['mode'], string>> = {
  AccuracyOnly: 'Measuring accuracy',
  PerformanceOnly: 'Measuring speed',
};
/** Below this share there is nothing to judge the time left by. */
const MIN_SHARE = 0.02;

export interface ProgressView {
  readonly root: HTMLElement;
  /** Begins with the next engine. */
  next(title: string, tests: readonly PlannedTest[]): void;
  show(progress: RunProgress): void;
}

/** @param onCancel is called when the user has enough */
export function progressView(onCancel: () => void): ProgressView {
  const engine = element('p', { class: 'engine' });
  const stage = element('p', { role: 'status' });
  const bar = element('progress', { max: 1, value: 0, 'aria-label': 'Progress of this step' });
  const left = element('p', { class: 'quiet' });
  const cancel = element('button', { type: 'button' }, 'Cancel');
  cancel.addEventListener('click', onCancel);
  let tests: readonly PlannedTest[] = [];
  let current = '';
  let startedMs = 0;
  const say = (text: string) => {
    if (text === current) return;
    current = text;
    stage.textContent = text;
    startedMs = performance.now();
    left.textContent = '';
  };
  return {
    root: element(
      'section',
      { 'aria-labelledby': 'measuring' },
      element('h2', { id: 'measuring', tabindex: -1 }, 'Measuring'),
      ...[engine, stage, bar, left],
      element('p', { class: 'note' }, 'Keep this page in front, and do nothing else on the device meanwhile.'),
      element('div', { class: 'bar' }, cancel),
    ),
    next(title, planned) {
      tests = planned;
      engine.textContent = title;
      say('Loading');
    },
    show(progress) {
      if (progress.kind === 'preparation') {
        say(PREPARATIONS[progress.preparation]);
        bar.removeAttribute('value');
        return;
      }
      if (progress.kind === 'bytes') {
        say('Loading');
        bar.value = progress.loaded / progress.total;
        left.textContent = `${megabytes(progress.loaded)} of ${megabytes(progress.total)}`;
        return;
      }
      const { test, share } = progress;
      const step = tests.length > 1 ? `, ${test + 1} of ${tests.length}` : '';
      say(`${TEST_TEXTS[tests[test]?.mode ?? 'PerformanceOnly']}${step}`);
      bar.value = share;
      left.textContent = timeLeft(share, performance.now() - startedMs);
    },
  };
}

/** `about 2 min 5 s left`, if it goes on as before. */
function timeLeft(share: number, elapsedMs: number): string {
  if (share < MIN_SHARE || share >= 1) return '';
  const seconds = Math.ceil((elapsedMs * (1 - share)) / share / 1000);
  const minutes = Math.floor(seconds / 60);
  return `about ${minutes > 0 ? `${minutes} min ` : ''}${seconds % 60} s left`;
}
