import { sha256Of } from '../../platform/node/files.js';
import type { ModelFile } from '../../sut/engine.js';

/** What is said of a model's file. */
export function modelFileFacts({ name, content }: ModelFile): { name: string; bytes: number; sha256: string } {
  return { name, bytes: content.length, sha256: sha256Of(content) };
}
