/** The element at `index`; throws a `RangeError` instead of handing out `undefined` past either end. */
export function elementAt<T>(array: ArrayLike<T>, index: number): T {
  const element = array[index];
  if (element === undefined) throw new RangeError(`index ${index} is outside an array of ${array.length} elements`);
  return element;
}
