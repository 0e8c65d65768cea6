import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { type ConfigTexts, goldenCaseSchema, type ReadCase } from './goldenCase.js';

/** With the config files that the run was made with, from the recording's folder or the one above. */
export function readGoldenCase(path: string): ReadCase {
  const parsed = goldenCaseSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not a recorded case:\n${z.prettifyError(parsed.error)}`);
  const golden = parsed.data;
  const folders = [dirname(path), dirname(dirname(path))];
  const textOf = (argument: keyof ConfigTexts) => {
    const file = golden.args[argument];
    if (file === undefined) return {};
    const found = folders.map((folder) => join(folder, basename(file))).find(existsSync);
    if (found === undefined) throw new Error(`${golden.name}: ${file} is in none of ${folders.join(', ')}`);
    return { [argument]: readFileSync(found, 'utf8') };
  };
  return { golden, configTexts: { ...textOf('mlperf_conf'), ...textOf('user_conf') } };
}
