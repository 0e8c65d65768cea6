/**
 * How the program takes damaged files: `npm run damage -- [COPIES] [READER...] [--seed N] [--first INDEX]` makes COPIES
 * damaged copies of small valid files for each reader, and feeds them to it. Each has to be read or refused with one of
 * our errors, in little time and memory. Ends with exit code 1 if one was not. `1 READER --first INDEX` repeats one copy.
 */
import { parseArgs } from 'node:util';
import { READERS } from './readers/index.js';
import { MAX_BYTES, type Tally, tallyReader } from './tallyReader.js';

const DEFAULT_SEED = '13';
const SHOWN_FAILURES = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: DEFAULT_SEED }, first: { type: 'string', default: '0' } },
});
const [copies = '1000', ...names] = positionals;
const chosen = names.length === 0 ? READERS : READERS.filter(({ name }) => names.includes(name));
if (chosen.length < names.length) {
  console.error(`found ${names.join(', ')}, expected some of ${READERS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

let [passed, failed] = [0, 0];
console.log(`seed ${values.seed}, from copy ${values.first} on`);
for (const reader of chosen) {
  const range = { seed: Number(values.seed), first: Number(values.first), copies: Number(copies) };
  const tally = await tallyReader(reader, range);
  const faults = new Set(tally.failures.map(({ index }) => index)).size + Number(tally.peakBytes > MAX_BYTES);
  passed += Math.max(0, tally.copies - faults);
  failed += faults;
  print(tally);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function print({ reader, copies, accepted, refused, contained, failures, slowestMs, peakBytes }: Tally): void {
  const codes = [...refused].toSorted(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
  console.log(
    `${reader.name}: ${copies} copies: ${accepted} accepted, refused ${codes.join(', ') || 'none'}; ` +
      `${failures.length} failures, ${reader.isEngine ? `${contained.length} crashes contained, ` : ''}` +
      `slowest ${Math.round(slowestMs)} ms, peak ${Math.round(peakBytes / 1e6)} MB`,
  );
  for (const { index, what } of [...failures, ...contained].slice(0, SHOWN_FAILURES)) {
    console.log(`  copy ${index}: ${what.replaceAll('\n', '\n    ')}`);
  }
}
