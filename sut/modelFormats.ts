/**
 * The formats of models that engines load. `safetensors`: the weights alone, as PyTorch names and shapes them; the layers
 * are those of the network in this project.
 */
export const MODEL_FORMATS = ['tflite', 'onnx', 'tfjs', 'safetensors'] as const;
export type ModelFormat = (typeof MODEL_FORMATS)[number];

/** Formats of other programs, from which weights are imported. */
type WeightsFormat = 'caffe' | 'torch';

/** How files' names end, by what is in them. */
const EXTENSIONS: Readonly<Record<ModelFormat | WeightsFormat, readonly string[]>> = {
  tfjs: ['.json'],
  onnx: ['.onnx'],
  safetensors: ['.safetensors'],
  tflite: ['.tflite'],
  caffe: ['.caffemodel'],
  torch: ['.pth', '.pt'],
};

/** Which of `formats` a file is in, by its name's extension. */
export function formatOf<Format extends keyof typeof EXTENSIONS>(
  file: string,
  formats: readonly Format[],
): Format | undefined {
  const name = file.toLowerCase();
  return formats.find((format) => EXTENSIONS[format].some((extension) => name.endsWith(extension)));
}

/** What error messages expect of a file: `a name that ends with .onnx or .tflite`. */
export function expectedName(formats: readonly string[]): string {
  const extensions = Object.entries(EXTENSIONS).flatMap(([format, endings]) =>
    formats.includes(format) ? endings : [],
  );
  return `a name that ends with ${extensions.join(' or ')}`;
}
