/**
 * How often `loadgen duel` is wrong, and how often it finds a difference:
 * `node dist/bench/realDuels.js [DUELS] [SLOWED] [OPTION...]`. With SLOWED 0, the default, ONNX Runtime is measured
 * against itself, and every verdict is false; with 0.05 against one that takes 5 % longer on purpose, and every verdict but
 * "slower" is. The options are those of `loadgen duel`.
 */
import { fileURLToPath } from 'node:url';
import { runDuel } from './runDuel.js';
import { SLOWED_SHARE_VARIABLE } from './slowedEngine.js';

const [count = '40', slowed = '0', ...options] = process.argv.slice(2);
const SLOWED = fileURLToPath(new URL('./slowedEngine.js', import.meta.url));

const contestants = ['onnxruntime', Number(slowed) === 0 ? 'onnxruntime' : SLOWED];
const verdicts = { faster: 0, slower: 0, 'no difference shown': 0, 'too few rounds': 0 };
const durationsMs: number[] = [];
let wrongDuels = 0;
let rightDuels = 0;

for (let duel = 1; duel <= Number(count); duel++) {
  const startedMs = performance.now();
  const { figures, ends } = runDuel(contestants, ['--seed', String(duel), ...options], {
    [SLOWED_SHARE_VARIABLE]: slowed,
  });
  durationsMs.push(performance.now() - startedMs);
  for (const { verdict } of figures) verdicts[verdict]++;
  const isWrong = figures.some(({ verdict }) => verdict === 'faster' || (Number(slowed) === 0 && verdict === 'slower'));
  if (isWrong) wrongDuels++;
  if (figures.some(({ verdict }) => verdict === 'slower')) rightDuels++;
  const texts = figures.map(({ name, ratio, interval, verdict }) => {
    return `${name} ${ratio.toFixed(3)} (${interval.map((bound) => bound.toFixed(3)).join('–')}) ${verdict}`;
  });
  console.log(`${duel}: ${texts.join('; ')}; ${ends.join(', ')}`);
}
const medianSeconds = (durationsMs.toSorted((a, b) => a - b)[durationsMs.length >> 1] ?? Number.NaN) / 1000;
console.log(`${count} duels, slowed by ${slowed}: ${JSON.stringify(verdicts)}`);
console.log(
  `with a false verdict: ${wrongDuels}; with a verdict "slower": ${rightDuels}; median ${medianSeconds.toFixed(0)} s`,
);
