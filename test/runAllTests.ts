/**
 * Runs every compiled test file under this folder with Node's own runner: `node dist/test/runAllTests.js [WORD...]` takes
 * only files whose path contains one of the words. Node 20's command line cannot be given a pattern; its API can.
 */
import { setMaxListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec as SpecReporter } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { watchSlowestFiles } from './slowestFiles.js';

/** Without the end of any test, whatever still runs hangs. The slowest test takes half a minute, on a busy machine five. */
const SILENCE_LIMIT_MS = 10 * 60_000;

const testFolder = dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const files = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.js') && (words.length === 0 || words.some((word) => path.includes(word))))
  .map((path) => join(testFolder, path));

if (files.length === 0) {
  console.error(`No test file's path contains ${words.map((word) => `"${word}"`).join(' or ')}.`);
  process.exit(2);
}

/** What the runner counts in its last lines: "pass 12". */
const counts = new Map<string, number>();
const hanging = new AbortController();
// The runner listens once for each file.
setMaxListeners(files.length + 1, hanging.signal);
const silence = setTimeout(() => hanging.abort(), SILENCE_LIMIT_MS);

const tests = run({ files, concurrency: 2, signal: hanging.signal });
const listSlowestFiles = watchSlowestFiles(tests, testFolder);
tests
  .on('test:pass', () => silence.refresh())
  .on('test:fail', () => {
    silence.refresh();
    process.exitCode = 1;
  })
  .on('test:diagnostic', ({ message }) => {
    const [, what, count] = /^(pass|fail|cancelled|skipped) (\d+)$/.exec(message) ?? [];
    if (what !== undefined) counts.set(what, Number(count));
  })
  .compose(new SpecReporter())
  .on('end', () => {
    clearTimeout(silence);
    const count = (what: string) => counts.get(what) ?? 0;
    const failed = count('fail') + count('cancelled');
    if (files.length > 1) console.log(`The slowest files:\n${listSlowestFiles().join('\n')}`);
    console.log(`Node.js ${process.version}: ${count('pass')} passed, ${failed} failed, ${count('skipped')} skipped`);
  })
  .pipe(process.stdout);
