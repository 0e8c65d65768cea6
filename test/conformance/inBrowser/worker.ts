import { takeTurn } from '../../../platform/browser/turns.js';
import { answer } from '../../browser/inBrowser/answer.js';
import { ClockOfTurns } from '../../clockOfTurns.js';
import { type ReadCase, settingsOf } from '../goldenCase.js';
import { replay } from '../replay.js';

answer<ReadCase>(async ({ golden, configTexts }) => {
  const { logs, ...record } = await replay(golden, settingsOf(golden, configTexts), new ClockOfTurns(takeTurn));
  return { ...record, logs: { ...logs, latencies: [...logs.latencies] } };
});
