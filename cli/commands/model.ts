import type { Argv } from 'yargs';
import { readModelInfo } from '../../sut/modelInfo/modelInfo.js';
import { modelInfoText } from '../modelInfoText.js';
import { argument, flag } from '../options.js';
import { addExport } from './modelExport.js';
import { modelFileFacts } from './modelFileFacts.js';
import { addImport } from './modelImport.js';

export function addModelCommand(cli: Argv): Argv {
  return cli.command('model', 'Export or import the network, or inspect a model', (command: Argv) =>
    addInfo(addImport(addExport(command))).demandCommand(1, 'Name a command: export, import or info.'),
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

async function printInfo({ file, json }: { file: string; json: boolean }): Promise<void> {
  const { files, ...info } = await readModelInfo(file);
  const facts = { ...info, files: files.map(modelFileFacts) };
  console.log(json ? JSON.stringify(facts, undefined, 2) : modelInfoText(facts));
}
