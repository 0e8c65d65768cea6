interface KindOfPair {
  readonly same: boolean;
  readonly set: number;
}

/** Whether there are matched and mismatched pairs: without either, no threshold is better than another. */
export function hasBothKinds(pairs: readonly Pick<KindOfPair, 'same'>[]): boolean {
  return pairs.some(({ same }) => same) && pairs.some(({ same }) => !same);
}

/** What figures do not say where all pairs, or all of a set, are of one kind. */
export function kindRemarks(pairs: readonly KindOfPair[]): string[] {
  if (!hasBothKinds(pairs)) {
    const [found, other] = pairs[0]?.same ? ['matched', 'mismatched'] : ['mismatched', 'matched'];
    const all = pairs.length === 1 ? 'the only pair is' : `all ${pairs.length} pairs are`;
    return [`${all} ${found}, so the accuracy says nothing of ${other} ones, and there is no equal error rate`];
  }
  const kindsOfSet = new Map<number, Set<boolean>>();
  for (const { set, same } of pairs) kindsOfSet.set(set, (kindsOfSet.get(set) ?? new Set()).add(same));
  const sets = [...kindsOfSet.keys()];
  const poor = sets.filter((set) => kindsOfSet.get(set)?.size === 1);
  if (poor.length === 0) return [];
  const named = `${poor.slice(0, 10).join(', ')}${poor.length > 10 ? ', …' : ''}`;
  return [`${poor.length} of ${sets.length} sets have pairs of one kind alone: ${named}`];
}
