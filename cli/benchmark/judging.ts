import { featureValuesOf } from '../../base/pairLayout.js';
import { imageText } from '../../qsl/datasets/imageName.js';
import type { OpenedDataset } from '../../qsl/openDataset.js';
import type { Judging, LabelledPair } from '../../runs/jsonFormats.js';
import type { Network } from '../../sut/networks/network.js';

export function judgingOf({ name, shape, decision }: Network): Judging {
  const { threshold, origin } = decision;
  const featureValues = featureValuesOf(shape);
  return { version: 1, network: name, featureValues, threshold, thresholdOrigin: origin };
}

/** The pairs in the order of their sample indices. */
export function labelledPairs({ library }: OpenedDataset): LabelledPair[] {
  return library.pairs.map(({ a, b, same, set }) => ({ same, set, nameA: imageText(a), nameB: imageText(b) }));
}
