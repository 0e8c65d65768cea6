import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder, writing } from '../../platform/node/files.js';
import type { EngineModel, ModelFile } from '../engine.js';
import { SPHEREFACE20 } from '../sphereface20/network.js';

/** Beside a .safetensors file, which holds weights alone: the network's layers, in the order of computation. */
const LAYERS: ModelFile = { name: 'layers.json', content: new TextEncoder().encode(JSON.stringify(SPHEREFACE20)) };

/**
 * Writes a model's files into a folder of their own while `action` runs, which gets the path of the main file.
 *
 * @throws SUT_FILES if they cannot be written
 */
export async function withModelFolder<Result>(
  { format, files }: EngineModel,
  action: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await writing('SUT_FILES', 'a temporary folder', () => mkdtemp(join(tmpdir(), 'loadgen-model-')));
  try {
    for (const { name, content } of format === 'safetensors' ? [...files, LAYERS] : files) {
      const path = join(folder, name);
      await writing('SUT_FILES', path, async () => {
        makeFolder(dirname(path));
        await writeFile(path, content);
      });
    }
    return await action(join(folder, files[0].name));
  } finally {
    // Windows removes no file that a program holds open.
    await rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => {});
  }
}
