import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { parseJson } from '../../base/text.js';
import { writing } from '../../platform/node/files.js';

/** Where ONNX Runtime writes what has computed each operator. */
export interface Profile {
  /** Of the file's path. */
  readonly prefix: string;
  /** By what the operators were computed that ran until profiling ended: the provider of each. */
  readProviders(): Promise<string[]>;
  remove(): Promise<void>;
}

/** @throws SUT_FILES if there is no room for it */
export async function createProfile(): Promise<Profile> {
  const folder = await writing('SUT_FILES', 'a temporary folder', () => mkdtemp(join(tmpdir(), 'loadgen-profile-')));
  return {
    prefix: join(folder, 'profile'),
    async readProviders() {
      const [file = ''] = await readdir(folder);
      return providersIn(await readFile(join(folder, file), 'utf8'));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const profileSchema = z.array(
  z.object({ name: z.string().default(''), args: z.object({ provider: z.string().optional() }).default({}) }),
);

/** Of each operator, by the name that sessions are opened with: `webgpu`, where the file has `WebGpuExecutionProvider`. */
export function providersIn(profile: string): string[] {
  const operators = new Map<string, string>();
  for (const { name, args } of profileSchema.parse(parseJson(profile))) {
    if (args.provider !== undefined) operators.set(name, args.provider.replace(/ExecutionProvider$/, '').toLowerCase());
  }
  return [...operators.values()];
}

/**
 * What logs say of the provider: its name, and where it has computed a part alone, how much, and what the rest.
 *
 * @throws SUT_DEVICE if it has computed nothing
 */
export function usedProviders(wanted: string, ofOperators: readonly string[]): string {
  const own = ofOperators.filter((provider) => provider === wanted).length;
  const others = [...new Set(ofOperators.filter((provider) => provider !== wanted))];
  if (own === 0) {
    const found = others.join(', ') || 'nothing';
    throw new LoadGenError('SUT_DEVICE', `the provider ${wanted} computes no operator of the model: ${found} does`);
  }
  if (others.length === 0) return wanted;
  return `${wanted} (${own} of ${ofOperators.length} operators), ${others.join(', ')}`;
}
