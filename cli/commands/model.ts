import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { LoadGenError } from '../../base/errors.js';
import { makeFolder, sha256Of, writing } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import type { ModelFile } from '../../sut/engine.js';
import { loadModel } from '../../sut/loadModel.js';
import { MODEL_FORMATS, type ModelFormat } from '../../sut/modelFormats.js';
import { readModelInfo } from '../../sut/modelInfo/modelInfo.js';
import { modelInfoText } from '../modelInfoText.js';
import { argument, choice, flag, text } from '../options.js';
import { addImport } from './modelImport.js';

interface ExportArguments {
  readonly format: ModelFormat;
  readonly model: string | undefined;
  readonly output: string;
  readonly force: boolean;
}

export function addModelCommand(cli: Argv): Argv {
  return cli.command('model', 'Export or import the network, or inspect a model', (command: Argv) =>
    addInfo(addImport(addExport(command))).demandCommand(1, 'Name a command: export, import or info.'),
  );
}

function addExport(cli: Argv): Argv {
  return cli.command(
    'export',
    "Write the network in a runtime's format",
    (command: Argv) =>
      command
        .option('format', { ...choice(MODEL_FORMATS, 'Format of the files'), demandOption: true })
        .option('model', text('A .safetensors file with the weights (default: the built-in weights)'))
        .option('output', { ...text('Folder for the files; created if it does not exist'), demandOption: true })
        .option('force', flag('Overwrite existing files'))
        .example('$0 model export --format tfjs --output web', 'model.json and its weights, for TensorFlow.js'),
    (options) => exportModel(options),
  );
}

function addInfo(cli: Argv): Argv {
  return cli.command(
    'info <file>',
    'Print inputs, outputs, operators and digests of a model',
    (command: Argv) =>
      command
        .positional('file', argument('.tflite, .onnx, .safetensors or model.json'))
        .option('json', flag('Print JSON')),
    (options) => printInfo(options),
  );
}

async function exportModel({ format, model, output, force }: ExportArguments): Promise<void> {
  const { files } = await loadModel({ formats: [format], file: model });
  const existing = files.map(({ name }) => join(output, name)).find((path) => existsSync(path));
  if (existing !== undefined && !force) {
    throw new LoadGenError('CLI_OUTPUT', `${existing} is there already`, { hint: 'Overwrite it with --force.' });
  }
  await writing('OUTPUT_WRITE', `to ${output}`, async () => {
    makeFolder(output);
    // The main file last: without the others, it is no model.
    for (const { name, content } of files.toReversed()) await writeWhole(join(output, name), content);
  });
  for (const file of files.map(fileFacts)) {
    console.log(`${join(output, file.name)}\n  ${file.bytes} bytes, SHA-256 ${file.sha256}`);
  }
}

async function printInfo({ file, json }: { file: string; json: boolean }): Promise<void> {
  const { files, ...info } = await readModelInfo(file);
  const facts = { ...info, files: files.map(fileFacts) };
  console.log(json ? JSON.stringify(facts, undefined, 2) : modelInfoText(facts));
}

function fileFacts({ name, content }: ModelFile): { name: string; bytes: number; sha256: string } {
  return { name, bytes: content.length, sha256: sha256Of(content) };
}
