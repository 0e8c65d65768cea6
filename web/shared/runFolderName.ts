import { runName } from '../../runs/layout.js';
import type { Upload } from './upload.js';

/** `2026-01-31T12-30-59-pixel-8-tfjs-tflite`. */
export function runFolderName({ device, engine }: Pick<Upload, 'device' | 'engine'>): string {
  return runName(`${folderText(device.name)}-${folderText(engine)}`, new Date());
}

/** Letters, digits and dashes. */
function folderText(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 40) || 'device';
}
