import {
  defaultLogSettings,
  defaultTestSettings,
  measureClockStepNs,
  memoryLogs,
  monotonicClock,
  type QuerySampleLibrary,
  type SystemUnderTest,
  startTest,
  type TestSettings,
} from '../../../../platform/browser/index.js';
import { answer } from '../../../browser/inBrowser/answer.js';

/** What a test asks for. */
export type Question = { what: 'clock' } | { what: 'run'; settings: Partial<TestSettings> };

answer<Question>((question, page) => (question.what === 'clock' ? lookAtClock() : run(question.settings, page)));

/** In nanoseconds. */
async function lookAtClock() {
  const { nowNs, schedule, sleepUntil } = monotonicClock;
  const latenesses: number[] = [];
  for (let times = 0; times < 50; times++) {
    const dueNs = nowNs() + 1e6 * (times % 12);
    await sleepUntil(dueNs);
    latenesses.push(nowNs() - dueNs);
  }
  const turnNs = await new Promise<number>((resolve) => {
    const startNs = nowNs();
    let left = 100;
    const turn = () => (left-- > 0 ? schedule(turn, 0) : resolve((nowNs() - startNs) / 100));
    turn();
  });
  let canceledRan = false;
  schedule(() => {
    canceledRan = true;
  }, 0)();
  let timerRan = false;
  schedule(() => {
    timerRan = true;
  }, 5);
  const endNs = nowNs() + 10e9;
  while (!timerRan && nowNs() < endNs) await new Promise<void>((resolve) => schedule(resolve, 0));
  return { stepNs: measureClockStepNs(), latenesses, turnNs, canceledRan, timerRan };
}

async function run(settings: Partial<TestSettings>, page: MessagePort) {
  const data = new Uint8Array(4);
  const sut: SystemUnderTest = {
    name: 'answers at once',
    issueQuery: (samples, responder) => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data }))),
    flushQueries() {},
  };
  const library: QuerySampleLibrary = {
    name: 'nothing',
    totalSampleCount: 10,
    performanceSampleCount: 10,
    loadSamplesToRam() {},
    unloadSamplesFromRam() {},
  };
  const logs = memoryLogs();
  const requested = { ...defaultTestSettings(), ...settings };
  const result = await startTest(sut, library, requested, defaultLogSettings(), { openLogs: logs.openLogs, page });
  return { state: result.state, files: logs.files() };
}
