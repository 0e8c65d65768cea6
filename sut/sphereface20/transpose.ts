type Axis = 0 | 1 | 2;

/**
 * The values of a row-major array of three axes, in another order of its axes.
 *
 * @param order which axis comes first, second and third in the result
 */
export function transpose(
  values: Float32Array,
  sizes: readonly [number, number, number],
  [first, second, third]: readonly [Axis, Axis, Axis],
): Float32Array {
  const steps = [sizes[1] * sizes[2], sizes[2], 1] as const;
  const arranged = new Float32Array(values.length);
  let target = 0;
  for (let i = 0; i < sizes[first]; i++) {
    for (let j = 0; j < sizes[second]; j++) {
      const source = i * steps[first] + j * steps[second];
      for (let k = 0; k < sizes[third]; k++) arranged[target++] = values[source + k * steps[third]] ?? 0;
    }
  }
  return arranged;
}
