import type { Argv } from 'yargs';
import { modelFileFacts, readModelInfo } from '../../sut/modelInfo/modelInfo.js';
import { defineCommand } from '../command.js';
import { modelInfoText } from '../modelInfoText.js';
import { argument, flag } from '../options.js';

export const infoCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('file', argument('.tflite, .onnx, .safetensors or model.json'))
      .option('json', flag('Print JSON')),
  printInfo,
);

async function printInfo({ file, json }: { file: string; json: boolean }): Promise<void> {
  const { files, ...info } = await readModelInfo(file);
  const facts = { ...info, files: files.map(modelFileFacts) };
  console.log(json ? JSON.stringify(facts, undefined, 2) : modelInfoText(facts));
}
