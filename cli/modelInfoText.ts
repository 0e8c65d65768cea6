import type { ModelInfo } from '../sut/modelInfo/modelInfo.js';

interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What `loadgen model info` prints. */
export function modelInfoText(info: Omit<ModelInfo, 'files'> & { readonly files: readonly FileFacts[] }): string {
  const operators = Object.entries(info.operators).map(([name, count]) => `${count} x ${name}`);
  return [
    ...rows('format', [info.format]),
    ...rows('inputs', info.inputs.map(tensorText)),
    ...rows('outputs', info.outputs.map(tensorText)),
    ...rows('operators', operators),
    ...rows('parameters', [info.parameters.toLocaleString('en')]),
    ...rows(
      'files',
      info.files.map(({ name, bytes, sha256 }) => `${name}, ${bytes} bytes, SHA-256 ${sha256}`),
    ),
  ].join('\n');
}

function tensorText({ name, shape, type }: ModelInfo['inputs'][number]): string {
  return `${name}: ${shape?.join(' x ') ?? 'any shape'} ${type}`;
}

function rows(label: string, values: readonly string[]): string[] {
  return values.map((value, row) => `${(row === 0 ? label : '').padEnd(12)}${value}`);
}
