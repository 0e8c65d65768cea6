/** Longer names are not looked at: nobody has mistyped them. */
const MAX_LENGTH = 60;
/** So many letters at the beginning of a name stand for it. */
const MIN_PREFIX = 3;

/** `. Did you mean X?` with the one of `known` that `name` is almost; empty where none is close. */
export function didYouMean(name: string, known: readonly string[]): string {
  const closest = closestName(name, known);
  return closest === undefined ? '' : `. Did you mean ${closest}?`;
}

/** The one of `known` that `name` is almost: mistyped, in other letters, with other separators, or cut short. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const given = comparable(name);
  if (given === '' || given.length > MAX_LENGTH) return undefined;
  const [closest] = known
    .map((candidate) => ({ candidate, distance: editDistance(given, comparable(candidate)) }))
    .sort((one, other) => one.distance - other.distance);
  // A third of the letters, but not a whole short word.
  if (closest !== undefined && closest.distance <= Math.min(3, Math.ceil(given.length / 3))) return closest.candidate;
  const begun = known.filter((candidate) => comparable(candidate).startsWith(given));
  return given.length >= MIN_PREFIX && begun.length === 1 ? begun[0] : undefined;
}

function comparable(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** How many letters to add, leave out, replace, or swap with their neighbour (optimal string alignment). */
function editDistance(from: string, to: string): number {
  const table = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => table[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= from.length; row++) {
    const distances = [row];
    table.push(distances);
    for (let column = 1; column <= to.length; column++) {
      const replaced = from[row - 1] === to[column - 1] ? 0 : 1;
      const areSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      distances.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + replaced,
          areSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(from.length, to.length);
}
