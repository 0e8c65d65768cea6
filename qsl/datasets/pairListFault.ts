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
