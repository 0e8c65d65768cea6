import { elementAt } from '../../base/arrays.js';
import { shuffle, uniformInt } from '../../loadgen/random/distributions.js';
import type { MersenneTwister } from '../../loadgen/random/mersenneTwister.js';

/** How many pairs show one person, and how many show two. */
export interface PairCounts {
  readonly same: number;
  readonly different: number;
}

export type DrawnPair<Image> = readonly [Image, Image];

export interface DrawnPairs<Image> {
  readonly same: readonly DrawnPair<Image>[];
  readonly different: readonly DrawnPair<Image>[];
}

/**
 * Whether so many pairs can be made of persons with so many images each, no image in two of them.
 *
 * Pairs of two persons can be made of what the others leave if nobody has more than half of the images that they take:
 * of `rest` images, a person may keep `rest - different`. Persons with more have to give pairs of their own.
 */
export function canDraw(imageCounts: readonly number[], { same, different }: PairCounts): boolean {
  const rest = sum(imageCounts) - 2 * same;
  const needed = sum(imageCounts.map((count) => neededPairs(count, rest - different, different)));
  return same <= sum(imageCounts.map(halfOf)) && 2 * different <= rest && needed <= same;
}

/** The greatest number for which `isPossible` holds. It holds for 0, and for every number below one for which it does. */
export function greatestPossible(isPossible: (count: number) => boolean): number {
  let possible = 0;
  let impossible = 1;
  while (isPossible(impossible)) {
    possible = impossible;
    impossible *= 2;
  }
  while (impossible - possible > 1) {
    const middle = Math.floor((possible + impossible) / 2);
    if (isPossible(middle)) possible = middle;
    else impossible = middle;
  }
  return possible;
}

/**
 * Pairs at random, no image in two of them.
 *
 * @param persons the images of each
 * @param counts for which `canDraw` holds
 */
export function drawPairs<Image>(
  persons: readonly (readonly Image[])[],
  { same, different }: PairCounts,
  random: MersenneTwister,
): DrawnPairs<Image> {
  const counts = persons.map(({ length }) => length);
  const largest = sum(counts) - 2 * same - different;
  const pairsOfPerson = counts.map((count) => neededPairs(count, largest, different));
  const free = counts.flatMap((count, person) => {
    return Array<number>(halfOf(count) - elementAt(pairsOfPerson, person)).fill(person);
  });
  for (const person of shuffled(free, random).slice(0, same - sum(pairsOfPerson))) {
    pairsOfPerson[person] = elementAt(pairsOfPerson, person) + 1;
  }
  const samePairs: DrawnPair<Image>[] = [];
  const others: { person: number; image: Image }[] = [];
  for (const [person, images] of persons.entries()) {
    const own = shuffled(images, random);
    const end = 2 * elementAt(pairsOfPerson, person);
    for (let at = 0; at < end; at += 2) samePairs.push([elementAt(own, at), elementAt(own, at + 1)]);
    // Nobody is in more pairs of two persons than there are.
    for (const image of own.slice(end, end + different)) others.push({ person, image });
  }
  const taken = shuffled(others, random).slice(0, 2 * different);
  separatePersons(taken, random);
  const differentPairs = Array.from({ length: different }, (_, index): DrawnPair<Image> => {
    return [elementAt(taken, 2 * index).image, elementAt(taken, 2 * index + 1).image];
  });
  return { same: shuffled(samePairs, random), different: differentPairs };
}

/**
 * Exchanges places until those at 2i and 2i + 1 are of two persons. For each pair of one person there is another without
 * that person, since nobody has more than half of the places.
 */
function separatePersons(images: { readonly person: number }[], random: MersenneTwister): void {
  const pairCount = images.length / 2;
  const personsAt = (pair: number) => [elementAt(images, 2 * pair).person, elementAt(images, 2 * pair + 1).person];
  for (let pair = 0; pair < pairCount; pair++) {
    const [person = 0, second] = personsAt(pair);
    if (person !== second) continue;
    let other = uniformInt(random, pairCount);
    while (personsAt(other).includes(person)) other = (other + 1) % pairCount;
    const kept = elementAt(images, 2 * pair + 1);
    images[2 * pair + 1] = elementAt(images, 2 * other);
    images[2 * other] = kept;
  }
}

function neededPairs(imageCount: number, largest: number, different: number): number {
  return different === 0 ? 0 : Math.max(0, Math.ceil((imageCount - largest) / 2));
}

function shuffled<T>(values: readonly T[], random: MersenneTwister): T[] {
  const order = Uint32Array.from(values.keys());
  shuffle(random, order);
  return Array.from(order, (index) => elementAt(values, index));
}

function halfOf(count: number): number {
  return Math.floor(count / 2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
