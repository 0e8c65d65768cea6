/** What is known of the pair of faces that one query sample stands for. A pair's place in the list is its index. */
export interface LabelledPair {
  /** Whether both faces are of one person. */
  readonly same: boolean;
  /** The set of the data set's protocol that the pair belongs to; LFW has ten. */
  readonly set: number;
  readonly nameA: string;
  readonly nameB: string;
}
