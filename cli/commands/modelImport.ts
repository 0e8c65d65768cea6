import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { Argv } from 'yargs';
import { LoadGenError } from '../../base/errors.js';
import { writing } from '../../platform/node/writing.js';
import { importWeights } from '../../sut/weightsImport/importWeights.js';

interface ImportArguments {
  readonly file: string;
  readonly output: string;
  readonly force: boolean;
}

export function addImport(cli: Argv): Argv {
  return cli.command(
    'import <file>',
    'Make a .safetensors file of weights that you have',
    (command: Argv) =>
      command
        .positional('file', {
          type: 'string',
          demandOption: true,
          describe: '.tflite, .caffemodel, .pth, .pt or .safetensors',
        })
        .option('output', { type: 'string', demandOption: true, describe: 'The file to write', requiresArg: true })
        .option('force', { type: 'boolean', default: false, describe: 'Overwrite a file that is there' })
        .check(({ output }) => {
          if (!/\.safetensors$/i.test(output)) throw new Error('--output has to end with .safetensors');
          return true;
        })
        .example(
          '$0 model import sphere20a.pth --output mine.safetensors',
          'Then: loadgen run --model mine.safetensors',
        ),
    (options) => importModel(options),
  );
}

async function importModel({ file, output, force }: ImportArguments): Promise<void> {
  if (existsSync(output) && !force) {
    throw new LoadGenError('CLI_OUTPUT', `${output} is there already`, { hint: 'Overwrite it with --force.' });
  }
  const { sourceKind, sourceSha256, content, notices } = await importWeights(file);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  await writing('OUTPUT_WRITE', output, () => writeFileAtomic(output, bytes));
  for (const notice of notices) console.error(notice);
  console.log(`${file}\n  ${sourceKind}, SHA-256 ${sourceSha256}`);
  const sha256 = createHash('sha256').update(content).digest('hex');
  console.log(`${output}\n  ${content.length} bytes, SHA-256 ${sha256}`);
}
