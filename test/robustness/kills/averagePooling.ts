import { fileURLToPath } from 'node:url';

/** An engine that takes next to no time. */
export const ENGINE = fileURLToPath(new URL('../../../../examples/own-engine/engine.js', import.meta.url));
/** Options for it, on the pairs of `pairs.txt`. */
export const SYSTEM = ['--sut', ENGINE, '--pairs-file', 'pairs.txt'];
