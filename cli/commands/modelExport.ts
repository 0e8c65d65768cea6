import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { Argv } from 'yargs';
import { LoadGenError } from '../../base/errors.js';
import { makeFolder, writing } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { INPUT_LAYOUTS } from '../../sut/inputLayout.js';
import { loadModel } from '../../sut/loadModel.js';
import { formatOf, MODEL_FORMATS, type ModelFormat } from '../../sut/modelFormats.js';
import { modelFileFacts } from '../../sut/modelInfo/modelInfo.js';
import { type ModelForm, OPEN_IN_FORMAT } from '../../sut/sphereface20/modelForm.js';
import { tritonRepository } from '../../sut/tritonRepository.js';
import { defineCommand } from '../command.js';
import { choice, flag, number, text } from '../options.js';

interface ExportArguments extends ModelForm {
  readonly format: ExportFormat;
  readonly model: string | undefined;
  readonly precision: (typeof EXPORTED_PRECISIONS)[number];
  readonly output: string;
  readonly force: boolean;
}

/** Triton's model repository holds an ONNX file. */
const EXPORT_FORMATS = [...MODEL_FORMATS, 'triton'] as const;
type ExportFormat = (typeof EXPORT_FORMATS)[number];

const EXPORTED_PRECISIONS = ['fp32', 'int8'] as const;
const MAX_BATCH = 1024;
const FORM_OPTIONS = { batch: '--batch', layout: '--layout', nativePrelu: '--native-prelu' } as const;

export const exportCommand = defineCommand(
  (command: Argv) =>
    command
      .option('format', {
        ...choice(EXPORT_FORMATS, 'Format of the files; triton: a folder that Triton serves, with an ONNX file'),
        demandOption: true,
      })
      .option('model', text('A .safetensors file with the weights (default: the built-in weights)'))
      .option('precision', {
        ...choice(EXPORTED_PRECISIONS, 'What the network computes in'),
        default: 'fp32' as const,
      })
      .option('batch', number('Images that the network takes at a time (default: any number; 1 for tflite)'))
      .option('layout', choice(INPUT_LAYOUTS, 'Channels of an image last, or first (default: NHWC)'))
      .option('native-prelu', {
        type: 'boolean',
        describe:
          'PReLU as one operator, which converters recognise (default: four, which ONNX Runtime computes faster)',
      })
      .option('output', { ...text('Folder for the files; created if it does not exist'), demandOption: true })
      .option('force', flag('Overwrite existing files'))
      .check(checkArguments)
      .example('$0 model export --format tfjs --output web', 'model.json and its weights, for TensorFlow.js')
      .example(
        '$0 model export --format onnx --native-prelu --layout NCHW --batch 1 --output models',
        'For converters to other formats',
      ),
  exportModel,
);

/** @throws Error if the weights are no weights, or the format does not leave open what is asked for */
function checkArguments({ format, model, precision, batch, layout, nativePrelu }: Partial<ExportArguments>): true {
  if (model !== undefined && formatOf(model, MODEL_FORMATS) !== 'safetensors') {
    throw new Error(`--model must end with .safetensors, found ${extname(model) || 'no extension'}`);
  }
  if (batch !== undefined && !(Number.isInteger(batch) && batch >= 1 && batch <= MAX_BATCH)) {
    throw new Error(`--batch must be a whole number from 1 to ${MAX_BATCH}`);
  }
  if (format === undefined) return true;
  if (precision === 'int8' && format === 'tfjs') throw new Error('--precision int8 is not for --format tfjs');
  const form = { batch, layout, nativePrelu };
  for (const choice of ['batch', 'layout', 'nativePrelu'] as const) {
    if (form[choice] === undefined || OPEN_IN_FORMAT[fileFormatOf(format)].includes(choice)) continue;
    const open = EXPORT_FORMATS.filter((other) => OPEN_IN_FORMAT[fileFormatOf(other)].includes(choice));
    throw new Error(`${FORM_OPTIONS[choice]} is for --format ${open.join(' or ')}`);
  }
  return true;
}

function fileFormatOf(format: ExportFormat): ModelFormat {
  return format === 'triton' ? 'onnx' : format;
}

async function exportModel({ format, model, precision, output, force, ...form }: ExportArguments): Promise<void> {
  const { batch, layout, nativePrelu } = form;
  const loaded = await loadModel({
    formats: [fileFormatOf(format)],
    file: model,
    precision,
    form: { batch, layout, nativePrelu },
  });
  const files = format === 'triton' ? tritonRepository(loaded.files[0]) : loaded.files;
  const existing = files.map(({ name }) => join(output, name)).find((path) => existsSync(path));
  if (existing !== undefined && !force) {
    throw new LoadGenError('CLI_OUTPUT', `${existing} is there already`, { hint: 'Overwrite it with --force.' });
  }
  await writing('OUTPUT_WRITE', `to ${output}`, async () => {
    // The main file last: without the others, it is no model.
    for (const { name, content } of files.toReversed()) {
      makeFolder(dirname(join(output, name)));
      await writeWhole(join(output, name), content);
    }
  });
  for (const file of files.map(modelFileFacts)) {
    console.log(`${join(output, file.name)}\n  ${file.bytes} bytes, SHA-256 ${file.sha256}`);
  }
}
