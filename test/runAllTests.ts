/**
 * Runs every compiled test file under this folder with Node's own runner: `node dist/test/runAllTests.js [WORD]` takes
 * only files whose path contains WORD. Node 20's command line cannot be given a pattern; its API can.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec as SpecReporter } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const testFolder = dirname(fileURLToPath(import.meta.url));
const word = process.argv[2] ?? '';
const files = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.js') && path.includes(word))
  .map((path) => join(testFolder, path));

if (files.length === 0) {
  console.error(`No test file's path contains "${word}".`);
  process.exit(2);
}

run({ files, concurrency: 2 })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(new SpecReporter())
  .pipe(process.stdout);
