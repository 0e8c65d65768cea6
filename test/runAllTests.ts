/**
 * Runs every compiled test file under this folder: `node dist/test/runAllTests.js [WORD...]` takes only files whose path
 * contains one of the words. What is run where is said in `runner/placement.ts`.
 */
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planUnits } from './runner/planUnits.js';
import { runUnit, type UnitOutcome } from './runner/runUnit.js';

const AT_A_TIME = 2;
const LISTED = 10;

const testFolder = dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const allFiles = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.test.js'))
  .sort();
const files = allFiles.filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
const idleWords = words.filter((word) => !allFiles.some((path) => path.includes(word)));
if (idleWords.length > 0) {
  console.error(`No test file's path contains ${idleWords.map((word) => `"${word}"`).join(' or ')}.`);
  process.exit(2);
}

const outcomes: UnitOutcome[] = [];
const { together, alone } = planUnits(files);
await runUnits(together, AT_A_TIME);
await runUnits(alone, 1);

const count = (what: 'passed' | 'failed' | 'skipped') => outcomes.reduce((sum, outcome) => sum + outcome[what], 0);
if (files.length > 1) console.log(`The slowest files:\n${slowestFiles().join('\n')}`);
const failures = outcomes.flatMap((outcome) => outcome.failures);
if (failures.length > 0) console.log(`Failed:\n${failures.map((failure) => `  ${shorten(failure)}`).join('\n')}`);
console.log(
  `Node.js ${process.version}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
);
if (count('failed') > 0) process.exitCode = 1;

/** Paths of test files, as they are in the folder of the tests. */
function shorten(text: string): string {
  return text.replaceAll(`${testFolder}/`, '');
}

async function runUnits(units: readonly (readonly string[])[], atATime: number): Promise<void> {
  const waiting = [...units];
  const runWaiting = async () => {
    for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift()) {
      const outcome = await runUnit(unit.map((path) => join(testFolder, path)));
      outcomes.push(outcome);
      process.stdout.write(shorten(outcome.text));
    }
  };
  await Promise.all(Array.from({ length: atATime }, runWaiting));
}

/** A line for each, with the seconds from reading it to the end of its tests, and the slowest of them. */
function slowestFiles(): string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return outcomes
    .flatMap((outcome) => outcome.files)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, LISTED)
    .map(
      ({ file, ms, slowestTest, slowestMs }) =>
        `${seconds(ms).padStart(8)}  ${relative(testFolder, file)}, of it ${seconds(slowestMs)} "${slowestTest}"`,
    );
}
