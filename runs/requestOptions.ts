import type { RunRequest } from './jsonFormats.js';

/**
 * The options that a run was made with and their values, in the order of the command line; those that were not given are
 * left out, and a flag's value is empty. A word in capitals stands for a path, which a run does not keep.
 */
export function requestOptions(network: string, request: RunRequest): Map<string, string> {
  const { sut, ownModel, precision, device, provider, workers, threads, batch, warmUp, unverified, dataset } = request;
  const values = {
    network,
    sut: sut ?? 'PLUGIN',
    model: ownModel ? 'MODEL' : null,
    ...{ precision, device, provider, workers, threads, batch },
    'warm-up': warmUp,
    unverified: flag(unverified),
    dataset: dataset ?? 'FOLDER',
    'pairs-file': request.ownPairsFile ? 'FILE' : null,
    pairs: request.pairs,
    set: request.set,
    'skip-missing': flag(request.skipMissing),
    'apply-orientation': flag(request.applyOrientation),
  };
  const given = Object.entries(values).filter(([, value]) => value !== null);
  return new Map(given.map(([name, value]) => [`--${name}`, String(value)]));
}

/** `--batch 1`, or a flag alone. */
export function typedOption(option: string, value: string): string {
  return `${option} ${value}`.trimEnd();
}

function flag(isGiven: boolean): '' | null {
  return isGiven ? '' : null;
}
