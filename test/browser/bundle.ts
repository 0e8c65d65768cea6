import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BROWSER_CONDITIONS } from '../../scripts/browserConditions.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A source file of this repository, with all that it imports, as one module for a browser. */
export async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    conditions: BROWSER_CONDITIONS,
    // As it ships it is made of these files by the compiler.
    alias: { 'sphereface-loadgen/browser': './platform/browser/index.ts' },
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
