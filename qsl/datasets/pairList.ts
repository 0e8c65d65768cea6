import type { ImageName } from './imageName.js';

/** Two images, and whether they show one person. */
export interface ImagePair {
  readonly a: ImageName;
  readonly b: ImageName;
  readonly same: boolean;
  /** Which set of the list the pair is in, from 1. */
  readonly set: number;
}

export interface PairList {
  readonly setCount: number;
  readonly pairs: readonly ImagePair[];
}

/** A list as far as it could be read. */
export interface ParsedPairs extends PairList {
  readonly faults: readonly PairListFault[];
}

/** What is wrong with a pair list. */
export interface PairListFault {
  /** From 1; none if it is the list as a whole. */
  readonly line?: number;
  readonly message: string;
}

/** So many faults of a list are kept; reading ends at the last of them. */
export const FAULTS_KEPT = 1000;

/** A text of the list as it stands in a message. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
