import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Argv } from 'yargs';
import { LoadGenError } from '../../base/errors.js';
import { writing } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { importWeights } from '../../sut/weightsImport/importWeights.js';
import { defineCommand } from '../command.js';
import { argument, flag, text } from '../options.js';

interface ImportArguments {
  readonly file: string;
  readonly output: string;
  readonly force: boolean;
}

export const importCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('file', argument('.tflite, .caffemodel, .pth, .pt or .safetensors'))
      .option('output', { ...text('The file to write'), demandOption: true })
      .option('force', flag('Overwrite an existing file'))
      .check(({ output }) => {
        if (!/\.safetensors$/i.test(output)) throw new Error('--output must end with .safetensors');
        return true;
      })
      .example('$0 model import sphere20a.pth --output mine.safetensors', 'Then: loadgen run --model mine.safetensors'),
  importModel,
);

async function importModel({ file, output, force }: ImportArguments): Promise<void> {
  if (existsSync(output) && !force) {
    throw new LoadGenError('CLI_OUTPUT', `${output} is there already`, { hint: 'Overwrite it with --force.' });
  }
  const { sourceKind, sourceSha256, content, notices } = await importWeights(file);
  await writing('OUTPUT_WRITE', output, () => writeWhole(output, content));
  for (const notice of notices) console.error(notice);
  console.log(`${file}\n  ${sourceKind}, SHA-256 ${sourceSha256}`);
  const sha256 = createHash('sha256').update(content).digest('hex');
  console.log(`${output}\n  ${content.length} bytes, SHA-256 ${sha256}`);
}
