/**
 * The child process of the robustness run: `readDamaged.js READER SEED FIRST END RECORD FOLDER` feeds the damaged copies
 * FIRST to END - 1 to a reader. Each copy leaves a line in the file RECORD before it is read, and one after.
 */
import { openSync, writeSync } from 'node:fs';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { damagedCopy } from './damage.js';
import { READERS } from './readers/index.js';

const MAX_MESSAGE_LENGTH = 21_000;
/** A file's name and what is wrong with it: more than a word. */
const MIN_MESSAGE_LENGTH = 15;

export type Outcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'foreign'; readonly message: string };

/** What a line of the record holds. */
export type RecordLine =
  | { readonly starts: number }
  | {
      readonly ended: number;
      readonly outcome: Outcome;
      /** Of the processor: a busy machine takes longer. */
      readonly ms: number;
      readonly peakBytes: number;
    };

const [readerName, seed, first, end, recordFile = '', folder = ''] = process.argv.slice(2);
const reader = READERS.find(({ name }) => name === readerName);
if (reader === undefined) throw new RangeError(`there is no reader ${readerName}`);
const { originals, read } = await reader.prepare(folder);
const record = openSync(recordFile, 'a');
const write = (line: RecordLine) => writeSync(record, `${JSON.stringify(line)}\n`);

for (const [index, content] of originals.entries()) await read(content, index);

// A promise that nobody waits for counts against the copy that is being read.
let stray: unknown;
process.on('unhandledRejection', (thrown) => {
  stray = thrown;
});
process.on('uncaughtException', (thrown) => {
  stray = thrown;
});

for (let index = Number(first); index < Number(end); index++) {
  const { content, original } = damagedCopy(originals, Number(seed), index);
  write({ starts: index });
  const before = process.cpuUsage();
  let outcome = await outcomeOf(content, original);
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  if (reader.isEngine) await new Promise(setImmediate);
  if (stray !== undefined) outcome = { kind: 'foreign', message: `stray: ${describe(stray)}` };
  stray = undefined;
  write({ ended: index, outcome, ms, peakBytes: process.resourceUsage().maxRSS * 1024 });
}
// Engines may leave threads behind.
process.exit(0);

async function outcomeOf(content: Uint8Array, original: number): Promise<Outcome> {
  try {
    await read(content, original);
    return { kind: 'accepted' };
  } catch (thrown) {
    if (!(thrown instanceof LoadGenError)) return { kind: 'foreign', message: describe(thrown) };
    const { code, message } = thrown;
    const isUseful = message.length >= MIN_MESSAGE_LENGTH && message.length <= MAX_MESSAGE_LENGTH;
    if (!isUseful) return { kind: 'foreign', message: `a message of ${message.length} characters: ${code}` };
    return { kind: 'refused', code, message: message.slice(0, 300) };
  }
}

function describe(thrown: unknown): string {
  return (thrown instanceof Error && thrown.stack ? thrown.stack : messageOf(thrown)).slice(0, 1500);
}
